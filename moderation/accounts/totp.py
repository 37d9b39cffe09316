"""Codes that change with time (RFC 6238: SHA-1, 30 seconds, 6 digits), and recovery codes."""

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime

from pyotp import TOTP
from pyotp.exceptions import OTPVerificationError

from moderation.accounts.moderators import WrongCode

DIGITS = 6
RECOVERY_CODES = 10
_ISSUER = "Parley"
_SECRET_BYTES = 20  # RFC 4226, section 4: the length of SHA-1's own output
_CLOCK_DRIFT = 1  # steps: the clock of a telephone may be half a minute wrong
_RECOVERY_BYTES = 10  # 80 bits: not guessable, so SHA-256 is enough to keep it by


def secret_from_token(token: str) -> bytes:
    """Return the secret that is shared with an authenticator.

    Args:
        token: At least 40 hexadecimal digits, signed by this server: nobody else can make it.
    """
    return bytes.fromhex(token)[:_SECRET_BYTES]


def base32(secret: bytes) -> str:
    """Return the secret as people type it into an authenticator (RFC 4648, without padding)."""
    return base64.b32encode(secret).decode().rstrip("=")


def provisioning_uri(secret: bytes, name: str) -> str:
    """Return the otpauth:// address that an authenticator reads from the QR code."""
    return _totp(secret).provisioning_uri(name=name, issuer_name=_ISSUER)


def matching_step(secret: bytes, code: str, now: datetime) -> int:
    """Return the number of the half minute since 1970 whose code this is.

    Storage keeps the number, so that no code is taken twice.

    Args:
        secret: As `secret_from_token` returns it.
        code: As it was typed; spaces do not count.
        now: Aware. The half minute before and the one after are right too.

    Raises:
        WrongCode: It is the code of none of the three.
    """
    digits = code.replace(" ", "")
    try:
        return _totp(secret).verify_and_get_timecode(
            digits, for_time=now, valid_window=_CLOCK_DRIFT
        )
    except OTPVerificationError as error:
        raise WrongCode from error


def new_recovery_codes() -> Sequence[str]:
    """Make codes for the day the authenticator is lost, as XXXX-XXXX-XXXX-XXXX."""
    return [_new_recovery_code() for _ in range(RECOVERY_CODES)]


def recovery_code(value: str) -> str:
    """Return a recovery code as it was shown, however it was typed."""
    letters = "".join(value.split()).replace("-", "").upper()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _totp(secret: bytes) -> TOTP:
    return TOTP(base32(secret), digits=DIGITS)


def _new_recovery_code() -> str:
    return recovery_code(base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode())
