"""Hash passwords by Argon2id, and check them in the same time whoever's they are."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from characters.hidden import without_hidden
from characters.normal_forms import normalised
from moderation.limits.concurrency_limit import ConcurrencyLimit

MIN_LENGTH = 12
MIN_DIFFERENT = 5
_UNTYPED = ("Cc", "Cs", "Zl", "Zp")  # controls, lone surrogates, separators of lines

_hasher = PasswordHasher()  # the library's parameters: RFC 9106 for machines with little memory
# Each takes 64 MiB: 48 at once took 3 GB of the web server (measured). Anybody may ask for one.
_LIMIT = ConcurrencyLimit(2, waiting=32, seconds=5)
# Of a password that nobody knows, by the same parameters: to check it takes as long as any other.
_UNKNOWN_HASH = (
    "$argon2id$v=19$m=65536,t=3,p=4"
    "$e+w4nxN21ujvYKJoV59RBQ$FYSoNMVk887zmTOfcbhes6OoPoqH+nnHStxbhMHCpK8"
)


class InvalidPassword(ValueError):
    """The password is too short or too easy; the sentence says what is one."""


def hash_password(password: str) -> str:
    """Return the hash to store of a new password; raises InvalidPassword, TooBusy."""
    normal = _normal(password)
    if (sentence := _problem(normal)) is not None:
        raise InvalidPassword(sentence)
    with _LIMIT.turn():
        return _hasher.hash(normal)


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether the hash is of the password.

    Args:
        password: As it was typed.
        password_hash: None where there is no such moderator; that is False, after the same time.

    Raises:
        TooBusy: Too many passwords are checked just now.
    """
    try:
        with _LIMIT.turn():
            matches = _hasher.verify(password_hash or _UNKNOWN_HASH, _normal(password))
    except VerificationError:
        return False
    return matches and password_hash is not None


def _problem(password: str) -> str | None:
    if len(password) < MIN_LENGTH:
        return f"a password has at least {MIN_LENGTH} characters: four words do well"
    if any(unicodedata.category(character) in _UNTYPED for character in password):
        return "a password has no control characters: type it, letter by letter"
    if len(set(without_hidden(password).casefold())) < MIN_DIFFERENT:
        return f"a password has at least {MIN_DIFFERENT} different characters: four words do well"
    return None


def _normal(password: str) -> str:
    # One keyboard writes an accented letter as one character, another as two.
    return normalised("NFKC", password)
