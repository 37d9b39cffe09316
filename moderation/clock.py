"""The clock: an argument everywhere, so that a test can set the time."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time of this machine's clock, aware, in UTC."""
    return datetime.now(UTC)
