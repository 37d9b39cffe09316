"""What a request asks for, checked: raises InvalidQuery for what cannot be meant."""

from collections.abc import Iterable
from typing import TypeVar

from flask import request

from service.problems.errors import InvalidQuery

Choice = TypeVar("Choice", bound=str)

MOST = 10**9 - 1  # of versions and numbers of rows: any column holds it
_DIGITS = 18  # Python refuses to read thousands of them


def whole_number(value: str, field: str, *, most: int = MOST, least: int = 0) -> int:
    """Raises InvalidQuery, for the digits of other scripts too."""
    is_number = value.isascii() and value.isdigit() and len(value) <= _DIGITS
    if not is_number or not least <= int(value) <= most:
        sentence = f"{field} must be a whole number from {least} to {most}"
        raise InvalidQuery(sentence, field=field)
    return int(value)


def one_of(value: object, choices: Iterable[Choice], field: str) -> Choice:
    """The choice that the value names; raises InvalidQuery."""
    for choice in choices:
        if choice == value:
            return choice
    sentence = f"{field} must be one of {', '.join(choices)}"
    raise InvalidQuery(sentence, field=field)


def given(field: str) -> str:
    """What the form says there, nothing if it does not; raises InvalidQuery for a NUL."""
    return next(iter(given_all(field)), "")


def given_all(field: str) -> list[str]:
    """All that the form says there; raises InvalidQuery for a NUL."""
    values = request.form.getlist(field)
    if any("\0" in value for value in values):  # which PostgreSQL refuses even to look for
        sentence = f"{field} must have no NUL character"
        raise InvalidQuery(sentence, field=field)
    return values
