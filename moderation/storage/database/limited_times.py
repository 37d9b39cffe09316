"""Times in rows that come from another process's clock: how far they are believed.

A clock that was wrong, or has been set since, would park what it leased for as long as it was
wrong. So an end in the future counts up to twice its length from now: once for whoever has the
right time, and once more for clocks that differ a little.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, or_


def is_running(end: Column[Any], now: datetime, length: timedelta) -> ColumnElement[bool]:
    """Whether a lease has not ended.

    Args:
        end: When it ends.
        now: The time of this process's clock.
        length: How long it lasts from the moment it is written.
    """
    return and_(end > now, end <= now + 2 * length)


def has_ended(end: Column[Any], now: datetime, length: timedelta) -> ColumnElement[bool]:
    """Whether a lease has ended, or ends later than it can have been meant to."""
    return is_outside(end, now, latest_end(now, length))


def latest_end(now: datetime, length: timedelta) -> datetime:
    """The latest end that is believed."""
    return now + 2 * length


def is_outside(end: Column[Any], now: Any, latest: Any) -> ColumnElement[bool]:
    """As `has_ended`, for a statement that is built once: the moments can be its parameters."""
    return or_(end <= now, end > latest)
