"""A reader's plain text as HTML: URLs become links, everything is escaped, last."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from characters.hidden import HIDDEN_CLASS
from moderation.pages.origins import host_of

# Invisible and direction-changing characters end an address: it must lead where it seems to lead.
# static/embed/text.js has the same two patterns, tests/browser holds them together.
ENDS = rf"""\s\u200c\u200d{HIDDEN_CLASS}<>"`{{}}|\\^\[\]"""
_URL = re.compile(
    rf"(?<![A-Za-z0-9])[hH][tT][tT][pP][sS]?://[^!-/:-@{ENDS}][^/?#@{ENDS}]*(?:[/?#][^{ENDS}]*)?"
)
_STOPS = ".,:;!?'"
_LINK = Markup('<a href="{0}" rel="nofollow ugc noopener noreferrer">{0}</a>')


def linked(text: str) -> Markup:
    """The text escaped, its http and https URLs as links; no other element."""
    return Markup("").join(_pieces(text))


def urls_in(text: str) -> Iterator[str]:
    """The http and https URLs that become links, in their order."""
    return (_without_closing(match[0]) for match in _URL.finditer(text))


def link_domains(text: str) -> list[str]:
    """The hosts of the text's links, each once, as a browser looks them up.

    A host that only looks like another shows its real letters: xn--...
    """
    return list(dict.fromkeys(host for host in map(host_of, urls_in(text)) if host))


def _pieces(text: str) -> Iterator[Markup]:
    start = 0
    for match in _URL.finditer(text):
        url = _without_closing(match[0])
        yield escape(text[start : match.start()])
        yield _LINK.format(url)
        start = match.start() + len(url)
    yield escape(text[start:])


def _without_closing(url: str) -> str:
    """Without the punctuation of the sentence around it; a bracket opened inside stays."""
    surplus = url.count(")") - url.count("(")
    end = len(url)
    while url[end - 1] in _STOPS or (url[end - 1] == ")" and surplus > 0):
        surplus -= url[end - 1] == ")"
        end -= 1
    return url[:end]
