"""What each moderator chose: a digest and how often, or none."""

from typing import Any

from sqlalchemy import select

from moderation.clock import Clock
from moderation.notifications.digests import Digest, DigestFrequency, period_of
from moderation.storage.accounts.acting_moderator import lock_session_moderator
from moderation.storage.database.engine import Database, insert_for
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.notifications import digests


class DigestPreferences:
    """The moderators' choices; who chose nothing gets no mail."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read and write in this database; the clock says which period it is."""
        self._database = database
        self._clock = clock

    def choose(self, session: str, frequency: DigestFrequency, address: str) -> None:
        """Send digests from the next hour or day on.

        Args:
            session: The token of the moderator's session.
            frequency: How often at most.
            address: Where to.

        Raises:
            SignedOut: The session has ended.
        """
        now = self._clock()
        chosen: dict[str, Any] = {
            "frequency": frequency,
            "address": address,
            "period": period_of(frequency, now),
            "retry_at": EPOCH,
            "problem": None,
        }
        with self._database.write() as connection:
            holder = lock_session_moderator(connection, session, now)
            connection.execute(
                insert_for(connection)(digests)
                .values(moderator_id=holder.id, **chosen)
                .on_conflict_do_update(index_elements=["moderator_id"], set_=chosen)
            )

    def choose_none(self, session: str) -> None:
        """Send no mail from now on to the moderator of this session.

        Raises:
            SignedOut: The session has ended.
        """
        with self._database.write() as connection:
            holder = lock_session_moderator(connection, session, self._clock())
            connection.execute(digests.delete().where(digests.c.moderator_id == holder.id))

    def unsubscribe(self, moderator_id: int, address: str) -> None:
        """Send no mail to this address from now on; the caller has checked a link to it."""
        is_theirs = (digests.c.moderator_id == moderator_id) & (digests.c.address == address)
        with self._database.write() as connection:
            connection.execute(digests.delete().where(is_theirs))

    def get(self, moderator_id: int) -> Digest | None:
        """What the moderator chose; None for no mail."""
        query = select(digests).where(digests.c.moderator_id == moderator_id)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return (
            None
            if row is None
            else Digest(DigestFrequency(row.frequency), row.address, row.problem)
        )

    def has_any(self) -> bool:
        """Whether any moderator chose a digest."""
        with self._database.read() as connection:
            return connection.execute(select(digests.c.moderator_id).limit(1)).first() is not None
