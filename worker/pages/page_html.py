"""What a page says of itself in its HTML."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w:.-]{1,40})", re.IGNORECASE)
_HEAD_BYTES = 4_096  # of a page, in which its charset stands


@dataclass(slots=True)
class PageFacts:
    """What the page says.

    Attributes:
        own_title: Of the comments' element or script: `data-title`.
        title: Of the element `title`.
        shared_title: `og:title`, which other sites show.
        canonical: The address in `rel=canonical`, as it is written.
        keys: What the comments' elements and forms call the page, as it is written.
    """

    own_title: str = ""
    title: str = ""
    shared_title: str = ""
    canonical: str = ""
    keys: set[str] = field(default_factory=set)

    @property
    def best_title(self) -> str:
        """The title as the script under the page would send it; og:title where there is none."""
        titles = (self.own_title, self.title, self.shared_title)
        return next((title for title in titles if title.strip()), "")


def facts_of(body: bytes, charset: str | None) -> PageFacts:
    """Return what a page says; its charset is None where only its own HTML tells it."""
    reader = _Reader()
    reader.feed(_decoded(body, charset))
    return reader.facts


def _decoded(body: bytes, charset: str | None) -> str:
    written = _CHARSET.search(body[:_HEAD_BYTES])
    for name in filter(None, (charset, written and written[1].decode("latin-1"))):
        with suppress(LookupError, ValueError):
            return body.decode(name, "replace")
    return body.decode("utf-8", "replace")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.facts = PageFacts()
        self._is_title = False
        self._has_title = False  # the first counts: drawings in the page have titles too

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        facts = self.facts
        if tag == "title" and not self._has_title:
            self._is_title = self._has_title = True
        elif tag == "meta" and given.get("property", "").lower() == "og:title":
            facts.shared_title = facts.shared_title or given.get("content", "")
        elif tag == "link" and "canonical" in given.get("rel", "").lower().split():
            facts.canonical = facts.canonical or given.get("href", "")
        self._read_own(tag, given)

    def _read_own(self, tag: str, given: dict[str, str]) -> None:
        self.facts.own_title = self.facts.own_title or given.get("data-title", "")
        is_field = tag == "input" and given.get("name") == "page"
        key = given.get("value" if is_field else "data-page", "")
        if key:
            self.facts.keys.add(key)

    def handle_data(self, data: str) -> None:
        if self._is_title:
            self.facts.title += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._is_title = False
