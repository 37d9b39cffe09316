"""What waits for a worker or for a moderator, as the sweep and monitoring ask."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, select

from moderation.clock import Clock
from moderation.comments import Status
from moderation.storage.database.engine import Database
from moderation.storage.database.limited_times import has_ended
from moderation.storage.schema.comments import arrival, comments, is_pending

# At least three times the worst batch: 64 comments of 10,000 characters score in about 2 s.
LEASE = timedelta(seconds=10)
RING_GRACE = timedelta(seconds=2)  # how long a ring may take until a worker looks


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
        with self._database.read() as connection:
            # One from the future was submitted where the clock is, or was, wrong.
            is_new = arrival.between(now - RING_GRACE, now + RING_GRACE)
            return any_comment(connection, is_unclaimed(now) & ~is_new)

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


def is_unclaimed(now: datetime) -> ColumnElement[bool]:
    """Pending, and no worker holds it."""
    return and_(is_pending, has_ended(comments.c.lease_until, now, LEASE))


def any_comment(connection: Connection, condition: ColumnElement[bool]) -> bool:
    """Whether there is a comment like this."""
    return connection.execute(select(comments.c.id).where(condition).limit(1)).first() is not None
