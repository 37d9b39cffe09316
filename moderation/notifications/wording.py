"""Phrases that mails, feeds and pages share."""

from datetime import timedelta

_UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"))


def how_many_wait(number: int) -> str:
    """A sentence without its full stop, as "3 comments wait"."""
    return "1 comment waits" if number == 1 else f"{number:,} comments wait"


def in_largest_unit(time: timedelta) -> str:
    """A length of time in its largest whole unit, as "3 hours"."""
    seconds = int(time.total_seconds())
    for size, unit in _UNITS:
        if seconds >= size:
            number = seconds // size
            return f"{number} {unit}{'s' if number > 1 else ''}"
    return "less than a minute"
