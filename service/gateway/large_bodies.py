"""Who may send a body of many comments or words: anybody's of that size would fill the memory."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from service.http.body import MAX_BODY, MAX_LARGE_BODY

_LARGE_PATH = re.compile(rb"/v1/(comments:batch|checks|moderations|moderation/sites/[^/]+/policy)")


def is_large(scope: dict[str, Any]) -> bool:
    """Whether the request says that its body is larger than others' may be, where that can be."""
    length = dict(scope["headers"]).get(b"content-length", b"0")
    if int(length) <= MAX_BODY:
        return False
    return _LARGE_PATH.fullmatch(unquote_to_bytes(scope["raw_path"])) is not None


def body_limit(scope: dict[str, Any], knows_key: Callable[[str], bool]) -> int:
    """How many bytes to read of such a body: only who has a key or a token is listened to.

    Args:
        scope: As ASGI has it.
        knows_key: Whether this is the key of a site, or a moderator's token.
    """
    sent = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
    scheme, _, key = sent.partition(" ")
    is_known = scheme.lower() == "bearer" and bool(key.strip()) and knows_key(key.strip())
    return MAX_LARGE_BODY if is_known else MAX_BODY
