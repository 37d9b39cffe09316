"""Proof that a moderator is who they are: the password again, the second factor's code."""

import re

from flask import g, request

from moderation.accounts.moderators import WrongCode
from moderation.accounts.passwords import InvalidPassword, is_password
from moderation.accounts.totp import DIGITS, matching_step, recovery_code, secret_from_token
from moderation.keys import hash_token
from service.problems.errors import NotProven
from service.wiring.parts import parts

_PASSWORDS = "10 per 15 minutes"
# Three codes are right at any time: 30 tries a day find one with a chance of 1 in 11,000.
_CODES = ("5 per 15 minutes", "30 per day")
_CODE = re.compile(rf"[0-9]{{{DIGITS}}}")


def knows_password() -> bool:
    """Whether the form's `current` is the moderator's password; raises RateLimitExceeded."""
    parts().limits.hit(_PASSWORDS, what="password of", who=g.moderator.name)
    current = request.form.get("current", "")
    return is_password(current, parts().moderators.password_hash(g.moderator.name))


def prove_password() -> None:
    """Raises NotProven, RateLimitExceeded, and InvalidPassword for who has none yet."""
    if not g.moderator.has_password:
        sentence = "set a password first: this step asks for it"
        raise InvalidPassword(sentence)
    if not knows_password():
        raise NotProven


def prove_password_if_any() -> None:
    """As `prove_password`, but who has no password yet needs none."""
    if g.moderator.has_password:
        prove_password()


def secret_by(salt: str) -> bytes:
    """The second factor's secret: the database keeps a salt only, this server the key to it."""
    return secret_from_token(parts().sign("second factor", salt))


def sign_in_with_code(half: str, code: str) -> str:
    """The token of a whole session for a code or a recovery code.

    Raises SignedOut, WrongCode, RateLimitExceeded.
    """
    salt = parts().second_factors.salt(half)
    count_code(salt)
    digits = code.replace(" ", "")
    if _CODE.fullmatch(digits):
        step = matching_step(secret_by(salt), digits, parts().clock())
        return parts().second_factors.complete(half, step)
    return parts().second_factors.complete_by_recovery(half, recovery_code(code))


def count_code(salt: str) -> None:
    """Raises RateLimitExceeded after a few codes at one second factor."""
    for limit in _CODES:
        parts().limits.hit(limit, what="code of", who=hash_token(salt))


def verified_step(salt: str, code: str) -> int | None:
    """Which step's code it is, None if it is none; raises RateLimitExceeded."""
    count_code(salt)
    try:
        return matching_step(secret_by(salt), code, parts().clock())
    except WrongCode:
        return None
