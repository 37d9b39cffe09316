"""Derive keys and hash tokens: pure functions."""

import hashlib
import hmac


def derived(secret: bytes, purpose: str) -> bytes:
    """A key for one purpose: whoever has it has neither the secret nor another purpose's key."""
    return hmac.digest(secret, purpose.encode(), hashlib.sha256)


def hash_secret(secret: str) -> str:
    """SHA-256: enough for secrets that are random themselves, unlike passwords."""
    return hashlib.sha256(secret.encode()).hexdigest()
