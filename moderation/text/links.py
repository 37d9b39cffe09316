"""The addresses in a plain text: those that become links, and hosts that are only named."""

import re
from collections.abc import Iterator
from functools import lru_cache

from characters.hidden import HIDDEN_CLASS, without_hidden
from characters.normal_forms import normalised
from moderation.pages.origins import host_of

# Invisible and direction-changing characters end an address: it must lead where it seems to lead.
# static/embed/text.js has the same two patterns, tests/browser holds them together.
ENDS = rf"""\s\u200c\u200d{HIDDEN_CLASS}<>"`{{}}|\\^\[\]"""
URL = re.compile(
    rf"(?<![A-Za-z0-9])[hH][tT][tT][pP][sS]?://[^!-/:-@{ENDS}][^/?#@{ENDS}]*(?:[/?#][^{ENDS}]*)?"
)
_STOPS = ".,:;!?'"
_WWW = re.compile(r"(?<![\w@/.-])www\.[\w-]+\.[\w.-]+", re.IGNORECASE)
_DOT_WITHIN = re.compile(r"\w\.\w")
# As a host is written, with or without http. Looked for at the beginnings of words alone: a word
# without a dot has no part with one.
_DOTTED = re.compile(r"(?<![\w-])[\w-]+(?:\.[\w-]+)+")
_host_of = lru_cache(maxsize=256)(host_of)  # of a comment's links it is asked twice


def urls_in(text: str) -> Iterator[str]:
    """The http and https URLs that become links, in their order."""
    return (without_closing(match[0]) for match in URL.finditer(text))


def without_closing(url: str) -> str:
    """Without the punctuation of the sentence around it; a bracket opened inside stays."""
    surplus = url.count(")") - url.count("(")
    end = len(url)
    while url[end - 1] in _STOPS or (url[end - 1] == ")" and surplus > 0):
        surplus -= url[end - 1] == ")"
        end -= 1
    return url[:end]


def link_hosts(text: str) -> list[str]:
    """The host of each link, and of each address that begins with www, as often as it stands."""
    links = [*urls_in(text)] if "://" in text else []
    if "www." in text.casefold():
        links += [f"https://{match[0].rstrip('.')}" for match in _WWW.finditer(text)]
    return [_host_of(url) or "" for url in links]


def hosts_named(text: str) -> set[str]:
    """All that is written like a host, in or outside a link, as a browser looks it up."""
    plain = without_hidden(normalised("NFKC", text)).casefold()
    if not _DOT_WITHIN.search(plain):  # most texts
        return set()
    links = map(_host_of, urls_in(text) if "://" in text else ())
    dotted = (_host(match[0]) for match in _DOTTED.finditer(plain))
    return {host.rstrip(".") for host in (*links, *dotted) if host}


def _host(name: str) -> str | None:
    return name if name.isascii() else host_of(f"https://{name}")
