"""Atom (RFC 4287): plain text only, whatever readers wrote."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from service.http.formats import rfc3339

NAMESPACE = "http://www.w3.org/2005/Atom"
ATOM = "application/atom+xml"
_COMMENTS = uuid.UUID("5f0e8c53-9f5a-4a0e-8a40-2f1d6f3f9b7e")  # any: makes our entries' ids ours
_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0
_MAX_TITLE = 120


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """One comment; `link` is where it is to be seen."""

    comment_id: str
    title: str
    author: str
    published: datetime
    updated: datetime
    link: str | None
    content: str


@dataclass(frozen=True, slots=True)
class AtomDocument:
    """A feed; `address` is its own, `alternate` that of the page with the same."""

    id: uuid.UUID
    title: str
    author: str
    updated: datetime
    address: str
    entries: Sequence[AtomEntry]
    alternate: str | None = None
    subtitle: str | None = None

    def as_xml(self) -> bytes:
        """The document; what XML cannot have is shown as U+FFFD."""
        root = Element("feed", xmlns=NAMESPACE)
        _add(root, "id", self.id.urn)
        _add(root, "title", self.title)
        if self.subtitle is not None:
            _add(root, "subtitle", self.subtitle)
        _add(root, "updated", rfc3339(self.updated))
        _add(SubElement(root, "author"), "name", self.author)
        SubElement(root, "link", rel="self", type=ATOM, href=self.address)
        _add_alternate(root, self.alternate)
        for entry in self.entries:
            _add_entry(root, entry)
        document: bytes = tostring(root, "utf-8", xml_declaration=True)
        return document


def _add_entry(root: Element, entry: AtomEntry) -> None:
    element = SubElement(root, "entry")
    _add(element, "id", uuid.uuid5(_COMMENTS, entry.comment_id).urn)
    _add(element, "title", entry.title, limit=_MAX_TITLE)
    _add(element, "published", rfc3339(entry.published))
    _add(element, "updated", rfc3339(entry.updated))
    _add(SubElement(element, "author"), "name", entry.author)
    _add_alternate(element, entry.link)
    _add(element, "content", entry.content)


def _add_alternate(to: Element, address: str | None) -> None:
    if address is not None:
        SubElement(to, "link", rel="alternate", type="text/html", href=address)


def _add(to: Element, tag: str, text: str, *, limit: int | None = None) -> None:
    shown = _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    short = shown if limit is None or len(shown) <= limit else f"{shown[: limit - 1]}…"
    kind = {"type": "text"} if tag in ("title", "subtitle", "content") else {}
    SubElement(to, tag, kind).text = short
