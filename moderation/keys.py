"""Derive keys and hash tokens: pure functions."""

import hashlib
import hmac
from functools import lru_cache


def derive_key(secret: bytes, purpose: str) -> bytes:
    """Derive a key for one purpose (HMAC-SHA-256).

    Whoever has it has neither the secret nor the key of another purpose.

    Args:
        secret: The server's secret.
        purpose: What the key is for; each use has its own.

    Returns:
        32 bytes.
    """
    return hmac.digest(secret, purpose.encode(), hashlib.sha256)


def keyed_hash(key: bytes, text: str) -> str:
    """Return the HMAC-SHA-256 of a text, in 64 hexadecimal digits."""
    mac = _begun(key).copy()
    mac.update(text.encode())
    return mac.hexdigest()


@lru_cache(maxsize=2)  # no more than are in use: a key that is forgotten must not stay here
def _begun(key: bytes) -> hmac.HMAC:
    """What is the same for all texts, and takes half the time of a hash (measured)."""
    return hmac.new(key, digestmod="sha256")


def hash_token(token: str) -> str:
    """Return the SHA-256 of a token, in 64 hexadecimal digits.

    Only for tokens that are random themselves; passwords need a slow hash.
    """
    return hashlib.sha256(token.encode()).hexdigest()
