"""How a sender says that it sends the same again."""

from flask import Request

from moderation.comments import InvalidComment

HEADER = "Idempotency-Key"
_LONGEST = 255


def idempotency_key(request: Request) -> str | None:
    """The key that the sender gave, or None; raises InvalidComment for one that is none."""
    key = request.headers.get(HEADER)
    if key is not None and (not 1 <= len(key) <= _LONGEST or not key.isascii()):
        sentence = f"the {HEADER} must have 1 to {_LONGEST} ASCII characters"
        raise InvalidComment(sentence, field=HEADER)
    return key
