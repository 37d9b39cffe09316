"""Proof that a moderator is who they are: the password again, the second factor's code."""

import re

from flask import g, request

from moderation.accounts.moderators import WrongCode
from moderation.accounts.passwords import InvalidPassword, is_password
from moderation.accounts.totp import DIGITS, matching_step, recovery_code, secret_from_token
from moderation.keys import hash_token
from service.moderators.request.failed_sign_ins import note_failed_sign_in
from service.moderators.request.known_device import known_device
from service.problems.errors import NotProven
from service.wiring.parts import parts
from service.wiring.rate_limits import Allowance

_PASSWORDS = "10 per 15 minutes"
# Three codes are right at any time: 30 tries a day find one with a chance of 1 in 11,000.
_CODES = ("5 per 15 minutes", "30 per day")
# A recovery code has 80 bits: nobody guesses one, and wrong ones only cost time.
_RECOVERIES = "10 per 15 minutes"
_CODE = re.compile(rf"[0-9]{{{DIGITS}}}")


def check_current_password(refusal: Exception) -> None:
    """Raise the refusal where the form's `current` is not the moderator's password.

    Raises RateLimitExceeded after some wrong ones.
    """
    name = g.moderator.name
    who = known_device(name) or name
    with parts().limits.counting_failures(Allowance(_PASSWORDS, "password of", who)):
        credentials = parts().moderators.password(name)
        current = request.form.get("current", "")
        if not is_password(current, credentials and credentials[1]):
            raise refusal


def prove_password() -> None:
    """Raises NotProven, RateLimitExceeded, and InvalidPassword for who has none yet."""
    if not g.moderator.has_password:
        sentence = "set a password first: this step asks for it"
        raise InvalidPassword(sentence)
    check_current_password(NotProven())


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
    name, salt = parts().second_factors.name_and_salt(half)
    try:
        return _complete(half, code, name, salt)
    except WrongCode:
        note_failed_sign_in("code", name)
        raise


def _complete(half: str, code: str, name: str, salt: str) -> str:
    digits = code.replace(" ", "")
    if _CODE.fullmatch(digits):
        with parts().limits.counting_failures(*_allowed_codes(name, salt)):
            step = matching_step(secret_by(salt), digits, parts().clock())
            return parts().second_factors.complete(half, step)
    with parts().limits.counting_failures(Allowance(_RECOVERIES, "recovery", hash_token(half))):
        return parts().second_factors.complete_by_recovery(half, recovery_code(code))


def verified_step(name: str, salt: str, code: str) -> int:
    """Which step's code it is; raises WrongCode, and RateLimitExceeded after some wrong ones."""
    with parts().limits.counting_failures(*_allowed_codes(name, salt)):
        return matching_step(secret_by(salt), code, parts().clock())


def _allowed_codes(name: str, salt: str) -> list[Allowance]:
    """A few wrong codes at one second factor; strangers use up none of a known browser's."""
    who = known_device(name) or hash_token(salt)
    return [Allowance(limit, "code of", who) for limit in _CODES]
