"""Values of a request's query and form, checked; a wrong one raises InvalidQuery."""

from collections.abc import Iterable
from typing import TypeVar

from flask import request

from service.problems.errors import InvalidQuery

Choice = TypeVar("Choice", bound=str)

MAX_INT = 10**9 - 1  # of versions and numbers of rows: any column holds it
_MAX_DIGITS = 18  # Python refuses to read thousands of them


def parse_int(value: str, field: str, *, most: int = MAX_INT, least: int = 0) -> int:
    """A whole number in ASCII digits.

    Raises:
        InvalidQuery: It is no number from `least` to `most`, or in the digits of another script.
    """
    is_number = value.isascii() and value.isdigit() and len(value) <= _MAX_DIGITS
    if not is_number or not least <= int(value) <= most:
        sentence = f"{field} must be a whole number from {least} to {most}"
        raise InvalidQuery(sentence, field=field)
    return int(value)


def parse_choice(value: object, choices: Iterable[Choice], field: str) -> Choice:
    """The choice that equals the value.

    Raises:
        InvalidQuery: It is none of the choices.
    """
    for choice in choices:
        if choice == value:
            return choice
    sentence = f"{field} must be one of {', '.join(choices)}"
    raise InvalidQuery(sentence, field=field)


def parse_limit(name: str = "limit", *, default: int, most: int) -> int:
    """The query's `limit`, or another: how many rows an answer may have, from 1 to `most`."""
    return parse_int(request.args.get(name, str(default)), name, least=1, most=most)


def form_value(field: str) -> str:
    """The first value of a field of the form, empty where there is none.

    Raises:
        InvalidQuery: A value has a NUL character.
    """
    return next(iter(form_values(field)), "")


def form_values(field: str) -> list[str]:
    """All values of a field of the form; raises InvalidQuery for a NUL character."""
    values = request.form.getlist(field)
    if any("\0" in value for value in values):  # which PostgreSQL refuses even to look for
        sentence = f"{field} must have no NUL character"
        raise InvalidQuery(sentence, field=field)
    return values
