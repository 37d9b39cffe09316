"""HTML as the plain text that a reader saw: with its line breaks, and the addresses of links."""

import re

from moderation.text.character_references import unescaped
from moderation.text.html_tags import attributes, html_pieces

_LINES = {"address", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5"}
_LINES |= {"figure", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
_BLANK_LINES = {"blockquote", "dl", "figure", "ol", "p", "pre", "table", "ul"}
_UNSEEN = {"head", "noscript", "script", "style", "template", "title"}
_BREAK_AFTER = {
    f"{slash}{name}": "\n\n" if name in _BLANK_LINES else "\n"
    for name in _LINES
    for slash in ("", "/")
}
_BREAKS = re.compile(r"\n{3,}")


def text_of_html(html: str) -> str:
    """Return what a reader saw of the HTML; plain text stays as it is, but for blanks around it.

    An address that a link has and does not show stands in brackets after it.
    """
    if "<" not in html and "&" not in html:
        return html.strip()
    reader = _Reader()
    for text, tag, tag_attributes in html_pieces(html):
        if text and not reader.unseen:
            reader.pieces.append(unescaped(text))
        if tag:
            reader.read_tag(tag, tag_attributes)
    reader.end_link()
    lines = map(str.strip, "".join(reader.pieces).split("\n"))
    return _BREAKS.sub("\n\n", "\n".join(lines)).strip()


class _Reader:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.unseen = ""  # the element whose content nobody sees
        self._link: tuple[str, int] | None = None  # its address, and where its text begins

    def read_tag(self, tag: str, tag_attributes: str) -> None:
        if self.unseen:
            self.unseen = "" if tag == f"/{self.unseen}" else self.unseen
        elif tag in _BREAK_AFTER:
            self.pieces.append(_BREAK_AFTER[tag])
        elif tag in _UNSEEN:
            self.unseen = tag
        elif tag in ("a", "/a"):
            self._begin_link(tag_attributes if tag == "a" else "")
        elif tag == "img":
            self.pieces.append(attributes(tag_attributes).get("alt", "").strip())

    def _begin_link(self, tag_attributes: str) -> None:
        self.end_link()
        address = attributes(tag_attributes).get("href", "").strip()
        self._link = (address, len(self.pieces)) if address else None

    def end_link(self) -> None:
        if self._link is None:
            return
        address, start = self._link
        self._link = None
        if address not in "".join(self.pieces[start:]):
            self.pieces.append(f" ({address})")
