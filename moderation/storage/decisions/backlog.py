"""What waits for a worker or for a moderator, as the sweep and monitoring ask."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select

from moderation.clock import Clock
from moderation.comments import Status
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import Database
from moderation.storage.database.limited_times import is_outside, latest_end
from moderation.storage.schema.column_types import UtcTime
from moderation.storage.schema.comments import arrival, comments, is_pending

# At least three times the worst batch: 64 comments of 10,000 characters score in about 2 s.
LEASE = timedelta(seconds=10)
RING_GRACE = timedelta(seconds=2)  # how long a ring may take until a worker looks

_NOW, _LATEST_END, _NEWEST, _FUTURE = (
    bindparam(name, type_=UtcTime) for name in ("now", "latest_end", "newest", "future")
)
# Each worker asks every second.
_UNCLAIMED = DriverStatement(
    select(comments.c.id)
    .where(
        is_pending,
        is_outside(comments.c.lease_until, _NOW, _LATEST_END),
        # One from the future was submitted where the clock is, or was, wrong.
        ~arrival.between(_NEWEST, _FUTURE),
    )
    .limit(1)
)


class Backlog:
    """The comments that nobody has decided for good."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def has_unclaimed(self) -> bool:
        """Whether a comment has been pending for RING_GRACE and no worker holds it.

        A newer one does not count: its own ring is still on the way.
        """
        now = self._clock()
        asked = {
            "now": now,
            "latest_end": latest_end(now, LEASE),
            "newest": now - RING_GRACE,
            "future": now + RING_GRACE,
        }
        with self._database.read() as connection:
            return _UNCLAIMED.first(connection, asked) is not None

    def oldest_pending(self) -> datetime | None:
        """When the comment that has been pending longest came or was changed; None if none is."""
        since = func.coalesce(comments.c.edited_at, arrival)
        query = select(func.min(since)).where(comments.c.status == Status.PENDING)
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    def pending(self) -> int:
        """How many comments wait for a worker."""
        number = select(func.count()).select_from(comments)
        with self._database.read() as connection:
            return connection.execute(number.where(is_pending)).scalar_one()
