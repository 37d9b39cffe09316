"""Requests that say nothing of who asks, so that another's answer may do for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_METHODS = ("GET", "HEAD")
# Whoever sends these asks for themselves, sends a body, or asks in a way that is seldom.
_NOT_PLAIN = frozenset(
    (
        b"authorization",
        b"content-length",
        b"if-match",
        b"if-modified-since",
        b"if-range",
        b"if-unmodified-since",
        b"parley-author-token",
        b"range",
        b"transfer-encoding",
    )
)


@dataclass(frozen=True, slots=True)
class PlainRead:
    """A GET or HEAD, as it was sent.

    Attributes:
        path: With its percents.
        query: As it was sent: another order of the same is another question.
        headers: By name in lower case.
    """

    method: str
    path: bytes
    query: bytes
    headers: Mapping[bytes, bytes]


def plain_read(scope: dict[str, Any]) -> PlainRead | None:
    """The request, where another's answer may do; None where it may not, or a header is twice.

    Args:
        scope: As ASGI has it.
    """
    if scope["method"] not in _METHODS:
        return None
    listed = scope["headers"]
    headers = dict(listed)
    if len(headers) != len(listed) or not _NOT_PLAIN.isdisjoint(headers):
        return None
    return PlainRead(scope["method"], scope["raw_path"], scope["query_string"], headers)
