"""Which automatic decisions people look at again: one in a hundred, and nobody can tell which."""

import hashlib
import hmac
from collections.abc import Callable

ONE_IN = 100

Sampled = Callable[[str], bool]


def no_sample(_comment_id: str) -> bool:
    """Where nothing is chosen."""
    return False


def keyed_sample(secret: bytes, one_in: int = ONE_IN) -> Sampled:
    """By a keyed hash of the public id: the same comment always, none that could be foreseen."""
    key = hmac.new(secret, b"audit sample", hashlib.sha256).digest()

    def sampled(comment_id: str) -> bool:
        digest = hmac.new(key, comment_id.encode(), hashlib.sha256).digest()
        return int.from_bytes(digest[:8]) % one_in == 0

    return sampled
