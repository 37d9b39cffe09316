"""Read the times of other systems: they are UTC where they do not say otherwise."""

import math
import re
from datetime import UTC, datetime

from moderation.imports.records import UnreadableRow

_ZONE_NAME = re.compile(r"(?: UTC|(?<=[+-]\d{4}) [A-Z+-][A-Z0-9]{1,5})$")
_BEFORE_ZONE = re.compile(r" (?=[+-]\d\d(?::?\d\d)?$)")


def moment(value: object) -> datetime:
    """Return the moment that a text, a number of seconds or MongoDB's form of a date means.

    Args:
        value: ISO 8601 with or without a zone, with a space or a T; seconds since 1970, or
            milliseconds from 10^11 on; `{"$date": ...}`.

    Raises:
        UnreadableRow: It is none of these.
    """
    if isinstance(value, dict) and "$date" in value:
        return _from_mongodb(value["$date"])
    if isinstance(value, str) and value.strip():
        return _from_text(value.strip())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(_size(value))
    sentence = f"its time is missing: {value!r:.40}"
    raise UnreadableRow(sentence)


def _from_mongodb(value: object) -> datetime:
    if isinstance(value, dict):
        value = value.get("$numberLong")
    if isinstance(value, str) and value.removeprefix("-").isdecimal():
        value = _size(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return _from_number(_size(value) / 1000) if is_number else moment(value)  # type: ignore


def _from_text(value: str) -> datetime:
    # Go writes nanoseconds, and the name of the zone after its hours.
    try:
        parsed = datetime.fromisoformat(_BEFORE_ZONE.sub("", _ZONE_NAME.sub("", value)))
    except ValueError as error:
        if value.replace(".", "", 1).isdecimal():
            return _from_number(float(value))
        sentence = f"its time cannot be read: {value[:40]!r}"
        raise UnreadableRow(sentence) from error
    try:
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except OverflowError as error:
        sentence = f"its time cannot be: {value[:40]!r}"
        raise UnreadableRow(sentence) from error


def _size(number: float | str) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf


def _from_number(seconds: float) -> datetime:
    if not math.isfinite(seconds):
        sentence = "its time is no number"
        raise UnreadableRow(sentence)
    try:
        return datetime.fromtimestamp(seconds / 1000 if abs(seconds) >= 1e11 else seconds, UTC)
    except (OverflowError, ValueError, OSError) as error:
        sentence = f"its time cannot be: {seconds:g}"
        raise UnreadableRow(sentence) from error
