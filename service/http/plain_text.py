"""A reader's plain text as HTML: URLs become links, everything is escaped, last."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from characters.hidden import HIDDEN_CLASS
from moderation.pages.origins import host_of
from moderation.text.links import URL, urls_in, without_closing

# static/embed/text.js folds the same.
_BLANKS = re.compile(rf"[\s\u200c\u200d{HIDDEN_CLASS}]+")
_LINE_BREAK = re.compile(r"\r\n?|[\n\u2028\u2029]")
_SHOWN_BREAKS = 2  # one blank line
_LINE = 90  # characters, as wide as our own pages show a text
_LINES = 16
_LINK = Markup('<a href="{0}" rel="nofollow ugc noopener noreferrer">{0}</a>')


def fold_blank_lines(text: str) -> str:
    """The text as it is shown: many blank lines in a row are one."""
    return _BLANKS.sub(_one_blank_line, text)


def is_long(text: str) -> bool:
    """Whether the text, with its blank lines folded, needs "Read more" also on a wide screen."""
    lines = fold_blank_lines(text).split("\n")
    return sum(1 + len(line) // _LINE for line in lines) > _LINES


def linked(text: str) -> Markup:
    """The text escaped, its http and https URLs as links; no other element."""
    return Markup("").join(_pieces(text))


def link_domains(text: str) -> list[str]:
    """The hosts of the text's links, each once, as a browser looks them up.

    A host that only looks like another shows its real letters: xn--...
    """
    return list(dict.fromkeys(host for host in map(host_of, urls_in(text)) if host))


def _one_blank_line(blanks: re.Match[str]) -> str:
    lines = _LINE_BREAK.split(blanks[0])
    return blanks[0] if len(lines) <= _SHOWN_BREAKS + 1 else f"\n\n{lines[-1]}"


def _pieces(text: str) -> Iterator[Markup]:
    start = 0
    for match in URL.finditer(text):
        url = without_closing(match[0])
        yield escape(text[start : match.start()])
        yield _LINK.format(url)
        start = match.start() + len(url)
    yield escape(text[start:])
