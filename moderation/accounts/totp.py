"""Codes that change with time (RFC 6238: SHA-1, 30 seconds, 6 digits, as authenticators expect)."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from moderation.accounts.moderators import WrongCode

SECONDS = 30
DIGITS = 6
RECOVERY_CODES = 10
_SECRET_BYTES = 20  # RFC 4226, section 4: the length of SHA-1's own output
_RECOVERY_BYTES = 10  # 80 bits: not guessable, so SHA-256 is enough to keep it by


def secret_of(token: str) -> bytes:
    """The secret shared with an authenticator, from a token that only this server can make."""
    return bytes.fromhex(token)[:_SECRET_BYTES]


def in_letters(secret: bytes) -> str:
    """The secret as people type it into an authenticator."""
    return base64.b32encode(secret).decode().rstrip("=")


def address(secret: bytes, name: str) -> str:
    """What an authenticator reads from the picture."""
    label = quote(f"Parley:{name}", safe="")
    return f"otpauth://totp/{label}?secret={in_letters(secret)}&issuer=Parley"


def code_at(secret: bytes, step: int) -> str:
    """The code of the step, a number of half minutes since 1970 (RFC 4226, section 5.3)."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), hashlib.sha1)
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(secret: bytes, code: str, now: datetime) -> int:
    """Which step's code it is, of this half minute or one beside it; raises WrongCode."""
    this = int(now.timestamp()) // SECONDS
    given = code.replace(" ", "").encode()
    for step in (this, this - 1, this + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), given):
            return step
    raise WrongCode


def new_recovery_codes() -> Sequence[str]:
    """Codes for the day the authenticator is lost, as XXXX-XXXX-XXXX-XXXX."""
    return [_new_recovery_code() for _ in range(RECOVERY_CODES)]


def recovery_code(value: str) -> str:
    """A recovery code as it was shown, however it was typed."""
    letters = "".join(value.split()).replace("-", "").upper()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _new_recovery_code() -> str:
    return recovery_code(base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode())
