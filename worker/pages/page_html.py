"""What a page says of itself in its HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from moderation.text.character_references import unescaped
from moderation.text.encodings import text_encoding
from moderation.text.html_tags import attributes, html_pieces

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
    facts, titles, last_tag = PageFacts(), [], ""
    for text, tag, tag_attributes in html_pieces(_decoded(body, charset)):
        if last_tag == "title":
            titles.append(text)
        if tag and not tag.startswith("/"):
            _note(facts, tag, attributes(tag_attributes))
        last_tag = tag
    facts.title = unescaped(titles[0]) if titles else ""  # drawings in the page have titles too
    return facts


def _decoded(body: bytes, charset: str | None) -> str:
    written = _CHARSET.search(body[:_HEAD_BYTES])
    for name in filter(None, (charset, written and written[1].decode("latin-1"))):
        if (encoding := text_encoding(name)) is not None:
            return body.decode(encoding, "replace")
    return body.decode("utf-8", "replace")


def _note(facts: PageFacts, tag: str, values: Mapping[str, str]) -> None:
    """Take down what a tag says."""
    if tag == "meta" and values.get("property", "").lower() == "og:title":
        facts.shared_title = facts.shared_title or values.get("content", "")
    elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
        facts.canonical = facts.canonical or values.get("href", "")
    facts.own_title = facts.own_title or values.get("data-title", "")
    is_field = tag == "input" and values.get("name") == "page"
    key = values.get("value" if is_field else "data-page", "")
    if key:
        facts.keys.add(key)
