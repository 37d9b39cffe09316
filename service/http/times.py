"""Moments as other programs read them."""

from datetime import datetime


def rfc3339(moment: datetime) -> str:
    """UTC with milliseconds, as 2026-01-31T12:00:00.000Z; `moment` must be in UTC."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
