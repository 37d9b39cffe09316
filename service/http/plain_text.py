"""A reader's plain text as HTML: addresses become links, everything is escaped, last."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from characters.hidden import HIDDEN_CLASS

# Invisible and direction-changing characters end an address: it must lead where it seems to lead.
# static/embed.js has the same two patterns, tests/browser holds them together.
ENDS = rf"""\s\u200c\u200d{HIDDEN_CLASS}<>"`{{}}|\\^\[\]"""
_ADDRESS = re.compile(
    rf"(?<![A-Za-z0-9])[hH][tT][tT][pP][sS]?://[^!-/:-@{ENDS}][^/?#@{ENDS}]*(?:[/?#][^{ENDS}]*)?"
)
_STOPS = ".,:;!?'"
_LINK = Markup('<a href="{0}" rel="nofollow ugc noopener noreferrer">{0}</a>')


def linked(text: str) -> Markup:
    """The text escaped, its http and https addresses as links; no other element."""
    return Markup("").join(_pieces(text))


def addresses(text: str) -> Iterator[str]:
    """What `linked` makes links of, in order."""
    return (_without_closing(found[0]) for found in _ADDRESS.finditer(text))


def _pieces(text: str) -> Iterator[Markup]:
    start = 0
    for found in _ADDRESS.finditer(text):
        address = _without_closing(found[0])
        yield escape(text[start : found.start()])
        yield _LINK.format(address)
        start = found.start() + len(address)
    yield escape(text[start:])


def _without_closing(address: str) -> str:
    """Without the punctuation of the sentence around it; a bracket opened inside stays."""
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while address[end - 1] in _STOPS or (address[end - 1] == ")" and surplus > 0):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]
