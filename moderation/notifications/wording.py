"""Phrases that mails, feeds and pages share."""

from datetime import timedelta

_UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"))


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun, as "1 comment" or "1,200 comments"."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


def how_many_wait(number: int, reported: int = 0) -> str:
    """A sentence without its full stop, as "3 comments wait, 1 is reported"."""
    wait = f"{counted(number, 'comment')} {'waits' if number == 1 else 'wait'}"
    return f"{wait}, {counted(reported, 'is', 'are')} reported" if reported else wait


def in_largest_unit(time: timedelta) -> str:
    """A length of time in its largest whole unit, as "3 hours"."""
    seconds = int(time.total_seconds())
    for size, unit in _UNITS:
        if seconds >= size:
            return counted(seconds // size, unit)
    return "less than a minute"
