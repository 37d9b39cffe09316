"""Choose the audit sample: one in a hundred automatic decisions, and nobody can foresee which."""

import hmac
from collections.abc import Callable

ONE_IN = 100

Sampled = Callable[[str], bool]


def no_sample(_comment_id: str) -> bool:
    """Choose no comment."""
    return False


def keyed_sample(secret: bytes, one_in: int = ONE_IN) -> Sampled:
    """Return a rule that chooses comments by a keyed hash of their public ids.

    The same comment is always chosen, and nobody without the secret can foresee it.

    Args:
        secret: The server's secret.
        one_in: Of so many comments, one is chosen on average.
    """
    key = hmac.digest(secret, b"audit sample", "sha256")

    def sampled(comment_id: str) -> bool:
        digest = hmac.digest(key, comment_id.encode(), "sha256")
        return int.from_bytes(digest[:8]) % one_in == 0

    return sampled
