"""Read one value of a rule document, or say what is wrong with it and what would be right."""

import difflib
import re
from collections.abc import Callable, Collection, Mapping
from datetime import time
from enum import StrEnum
from functools import lru_cache
from importlib import import_module, resources
from typing import Any, TypeVar

from moderation.choices.suspect_words import InvalidSuspectWords, suspect_word
from moderation.pages.origins import host_of

MOST_WORDS = 10_000
MOST_DOMAINS = 1_000
MAX_DOMAIN = 253  # characters, by DNS
_MINUTE = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
Reader = Callable[[object, str], Any]
Choice = TypeVar("Choice", bound=StrEnum)


class InvalidRules(ValueError):
    """The document cannot be a site's rules; `field` is the part of it that is wrong."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(f"{field or 'the document'} {what}")
        self.field = field
        self.what = what


def fields(value: object, field: str, known: Mapping[str, Reader]) -> dict[str, Any]:
    """Return the values of an object by name, each as its reader gives it."""
    if not isinstance(value, dict):
        raise InvalidRules(field, "must be a JSON object")
    names = {name: f"{field}.{name}" if field else name for name in value}
    for name in value:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1, 0.5)
            meant = f"; did you mean {near[0]}?" if near else ""
            raise InvalidRules(names[name], f"is no field: known are {', '.join(known)}{meant}")
    return {name: known[name](one, names[name]) for name, one in value.items()}


def choice(kind: type[Choice]) -> Callable[[object, str], Choice]:
    """Return a reader of one of the words of a kind."""

    def read(value: object, field: str) -> Choice:
        if isinstance(value, str) and value in list(kind):
            return kind(value)
        raise InvalidRules(field, f"must be one of {', '.join(kind)}")

    return read


def whole_number(least: int, most: int) -> Callable[[object, str], int]:
    """Return a reader of a whole number in these bounds."""

    def read(value: object, field: str) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        raise InvalidRules(field, f"must be a whole number from {least} to {most}")

    return read


def yes_or_no(value: object, field: str) -> bool:
    """Return a truth value."""
    if isinstance(value, bool):
        return value
    raise InvalidRules(field, "must be true or false")


def or_none(reader: Reader) -> Reader:
    """Return a reader that takes null too."""

    def read(value: object, field: str) -> Any:
        try:
            return None if value is None else reader(value, field)
        except InvalidRules as error:
            if error.field != field:
                raise
            raise InvalidRules(field, f"{error.what}, or null") from error

    return read


def words(value: object, field: str) -> tuple[str, ...]:
    """Return words and phrases, each once, whatever its case."""
    lines = _strings(value, field, MOST_WORDS)
    try:
        known = {word.casefold(): word for word in map(suspect_word, lines)}
    except InvalidSuspectWords as error:
        raise InvalidRules(field, f"has what is no word: {error}") from error
    return tuple(known.values())


def domains(value: object, field: str) -> tuple[str, ...]:
    """Return domains as browsers look them up, each once."""
    return tuple(
        dict.fromkeys(_domain(name, field) for name in _strings(value, field, MOST_DOMAINS))
    )


def zone(value: object, field: str) -> str:
    """Return a time zone's name."""
    known = _zones()
    if isinstance(value, str) and value in known:
        return value
    near = difflib.get_close_matches(str(value)[:80], known, 1, 0.5)
    meant = f"; did you mean {near[0]}?" if near else ""
    raise InvalidRules(field, f"must be a time zone, as Europe/Berlin or UTC{meant}")


def minute(value: object, field: str) -> time:
    """Return a time of day, as 07:30."""
    if isinstance(value, str) and _MINUTE.fullmatch(value):
        return time.fromisoformat(value)
    raise InvalidRules(field, "must be a time from 00:00 to 23:59, as 07:30")


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    # Of the package, which every machine has: containers often have no zones of their own.
    listed = resources.files(import_module("tzdata")).joinpath("zones")
    return frozenset(listed.read_text(encoding="utf-8").split())


def _strings(value: object, field: str, most: int) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise InvalidRules(field, "must be a list of strings")
    if len(value) > most:
        raise InvalidRules(field, f"has at most {most:,} entries, not {len(value):,}")
    return value


def _domain(name: str, field: str) -> str:
    bare = name.strip().rstrip(".").removeprefix("*.")
    host = host_of(f"https://{bare}") if len(bare) <= MAX_DOMAIN else None
    if host is None or "." not in host or not _is_bare(bare):
        raise InvalidRules(field, f"has names with a dot, as shop.example, not {name[:80]!r}")
    return host


def _is_bare(name: str) -> bool:
    return not any(sign in name for sign in "/:@?#[]")


def require(required: Collection[str], given: Mapping[str, object], field: str) -> None:
    """Raise InvalidRules for the first required field that is not given."""
    for name in required:
        if name not in given:
            part = f"{field}.{name}"
            raise InvalidRules(part, f"is missing: give {', '.join(required)}")
