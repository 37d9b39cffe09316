"""HTML cut at its tags, in one pass: its length alone says how long that takes.

Python's own parser takes minutes for some texts of 100 kB, and strangers choose the text.
"""

import re
from collections.abc import Iterator
from functools import cache

from moderation.text.character_references import unescaped

HtmlPiece = tuple[str, str, str]  # a text; the name of the tag after it; the tag's attributes
_VALUE = r""""[^"]*+"|'[^']*+'"""
# Each way that begins ends, at the latest at the end of the text: nothing is read twice.
_TAG = re.compile(
    rf"<(?:!--.*?(?:-->|\Z)|(/?[A-Za-z][^\s/>]*+)((?:[^>=]++|=\s*+(?:{_VALUE})?+)*+)>?+|[/!?][^>]*+>?+)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rf"([^\s/>=]++)(?:\s*+=\s*+({_VALUE}|[^\s>]++))?+")
_WITHOUT_TAGS = ("script", "style", "title", "textarea")  # between theirs all is text


def html_pieces(html: str) -> Iterator[HtmlPiece]:
    """Yield each text with the tag after it: its name in lower case, with a slash where it ends.

    A comment has no name, and neither has what the last text is followed by. A tag that is never
    closed is text.
    """
    seen, place = 0, 0  # the text before a tag begins here; tags are looked for from there
    while match := _TAG.search(html, place):
        name = (match[1] or "").lower()
        if name and not match[0].endswith(">"):
            break
        yield html[seen : match.start()], name, match[2] or ""
        seen = place = match.end()
        if name in _WITHOUT_TAGS:
            end = _end_of(name).search(html, seen)
            place = end.start() if end else len(html)
    yield html[seen:], "", ""


def attributes(tag: str) -> dict[str, str]:
    """Return what a tag's attributes say, by their names in lower case: of two the first counts."""
    values: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(tag):
        is_quoted = len(value) > 1 and value[0] in "\"'" and value[0] == value[-1]
        values.setdefault(name.lower(), unescaped(value[1:-1] if is_quoted else value))
    return values


@cache
def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
