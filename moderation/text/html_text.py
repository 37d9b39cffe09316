"""HTML as the plain text that a reader saw: lines where it breaks them, links with their address.

Python's own parser of HTML takes minutes for some texts of 100 kB, and strangers choose the text.
"""

import re
from collections.abc import Iterator
from html import unescape

_LINES = {"address", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5"}
_LINES |= {"figure", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
_BLANK_LINES = {"blockquote", "dl", "figure", "ol", "p", "pre", "table", "ul"}
_UNSEEN = {"head", "noscript", "script", "style", "template", "title"}
_NAME = re.compile(r"/?[A-Za-z][A-Za-z0-9-]*")
_VALUE = r"""\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)"""
_ADDRESS = re.compile(rf"\shref{_VALUE}", re.IGNORECASE)
_IN_PLACE = re.compile(rf"\salt{_VALUE}", re.IGNORECASE)
_BREAKS = re.compile(r"\n{3,}")


def text_of_html(html: str) -> str:
    """Return what a reader saw of the HTML; plain text stays as it is, but for blanks around it.

    An address that a link has and does not show stands in brackets after it.
    """
    if "<" not in html and "&" not in html:
        return html.strip()
    reader = _Reader()
    for is_tag, content in _tokens(html):
        if is_tag:
            reader.read_tag(content)
        elif not reader.unseen:
            reader.pieces.append(unescape(content))
    reader.end_link()
    lines = (line.strip() for line in "".join(reader.pieces).split("\n"))
    return _BREAKS.sub("\n\n", "\n".join(lines)).strip()


def _tokens(html: str) -> Iterator[tuple[bool, str]]:
    """Texts, and tags without their brackets, in one pass: whether it is a tag, and which."""
    position = 0
    while (start := html.find("<", position)) >= 0:
        yield False, html[position:start]
        if html.startswith("<!--", start):
            end = html.find("-->", start + 4)
            position = len(html) if end < 0 else end + 3
            continue
        end = html.find(">", start) if _opens_tag(html, start) else -1
        if end >= 0:
            yield True, html[start + 1 : end]
            position = end + 1
        else:
            yield False, "<"
            position = start + 1
        if end < 0 and html.find(">", start) < 0:
            break
    yield False, html[position:]


def _opens_tag(html: str, start: int) -> bool:
    following = html[start + 1 : start + 2]
    return following in ("/", "!", "?") or (following.isascii() and following.isalpha())


class _Reader:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.unseen = ""  # the element whose content nobody sees
        self._link: tuple[str, int] | None = None  # its address, and where its text begins

    def read_tag(self, tag: str) -> None:
        match = _NAME.match(tag)
        name = match[0].lower() if match else ""
        element = name.removeprefix("/")
        if self.unseen:
            self.unseen = "" if name == f"/{self.unseen}" else self.unseen
        elif name in _UNSEEN:
            self.unseen = name
        elif element == "a":
            self._begin_link(tag if name == "a" else "")
        elif name == "img":
            self.pieces.append(_attribute(_IN_PLACE, tag))
        elif element in _LINES:
            self.pieces.append("\n\n" if element in _BLANK_LINES else "\n")

    def _begin_link(self, tag: str) -> None:
        self.end_link()
        address = _attribute(_ADDRESS, tag)
        self._link = (address, len(self.pieces)) if address else None

    def end_link(self) -> None:
        if self._link is None:
            return
        address, start = self._link
        self._link = None
        if address not in "".join(self.pieces[start:]):
            self.pieces.append(f" ({address})")


def _attribute(pattern: re.Pattern[str], tag: str) -> str:
    """The value of an attribute, empty where the tag has none."""
    match = pattern.search(tag)
    return unescape(match[1].strip("\"'")).strip() if match else ""
