"""Who may send a body of many comments: anybody's bodies of that size would fill the memory."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from service.http.body import MAX_BODY, MAX_LARGE_BODY

LARGE_PATHS = frozenset({b"/v1/comments:batch", b"/v1/checks", b"/v1/moderations"})


def is_large(scope: dict[str, Any]) -> bool:
    """Whether the request says that its body is larger than others' may be, where that can be."""
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) > MAX_BODY and unquote_to_bytes(scope["raw_path"]) in LARGE_PATHS


def body_limit(scope: dict[str, Any], knows_key: Callable[[str], bool]) -> int:
    """How many bytes to read of such a body: only who has a site's key is listened to.

    Args:
        scope: As ASGI has it.
        knows_key: Whether this is the key of a site.
    """
    sent = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
    scheme, _, key = sent.partition(" ")
    is_known = scheme.lower() == "bearer" and bool(key.strip()) and knows_key(key.strip())
    return MAX_LARGE_BODY if is_known else MAX_BODY
