"""What each moderator chose: a digest and how often, or none."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from moderation.audit_chain import NOBODY, AuditAction, AuditEntry
from moderation.clock import Clock
from moderation.notifications.digests import Digest, DigestFrequency, period_of
from moderation.storage.accounts.acting_moderator import audit_own_action, lock_session_moderator
from moderation.storage.database.engine import Database, insert_for
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.notifications import digests
from moderation.storage.system.audit_log import append_audit, moderator_by_id


class DigestPreferences:
    """The moderators' choices; who chose nothing gets no mail."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read and write in this database; the clock says which period it is."""
        self._database = database
        self._clock = clock

    def choose(self, session: str, frequency: DigestFrequency, address: str) -> None:
        """Send digests from the next hour or day on, once the address is confirmed.

        An address that is not confirmed is asked, or asked again.

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
            "asked_at": None,
        }
        with self._database.write() as connection:
            holder = lock_session_moderator(connection, session, now)
            chosen["confirmed_at"] = connection.execute(_confirmed_at(holder.id, address)).scalar()
            connection.execute(
                insert_for(connection)(digests)
                .values(moderator_id=holder.id, **chosen)
                .on_conflict_do_update(index_elements=["moderator_id"], set_=chosen)
            )
            after = {"frequency": frequency, "address": address}
            audit_own_action(connection, now, holder.name, AuditAction.DIGEST_CHANGED, **after)

    def choose_none(self, session: str) -> None:
        """Send no mail from now on to the moderator of this session.

        Raises:
            SignedOut: The session has ended.
        """
        with self._database.write() as connection:
            now = self._clock()
            holder = lock_session_moderator(connection, session, now)
            theirs = digests.c.moderator_id == holder.id
            if connection.execute(digests.delete().where(theirs)).rowcount:
                audit_own_action(
                    connection, now, holder.name, AuditAction.DIGEST_CHANGED, frequency="off"
                )

    def confirm(self, moderator_id: int, address: str) -> None:
        """Send digests to this address; the caller has checked a link that was mailed to it."""
        now = self._clock()
        unconfirmed = _to(moderator_id, address) & digests.c.confirmed_at.is_(None)
        statement = digests.update().where(unconfirmed).values(confirmed_at=now, problem=None)
        with self._database.write() as connection:
            if connection.execute(statement).rowcount:
                self._audit_link(connection, moderator_id, confirmed=address)

    def unsubscribe(self, moderator_id: int, address: str) -> None:
        """Send no mail to this address from now on; the caller has checked a link to it."""
        with self._database.write() as connection:
            statement = digests.delete().where(_to(moderator_id, address))
            if connection.execute(statement).rowcount:
                self._audit_link(connection, moderator_id, frequency="off")

    def _audit_link(self, connection: Connection, moderator_id: int, **after: str) -> None:
        """Whoever has the mail did it, and need not be the moderator."""
        subject = moderator_by_id(connection, moderator_id)
        entry = AuditEntry(NOBODY, AuditAction.DIGEST_CHANGED, subject, after=after)
        append_audit(connection, self._clock(), entry)

    def get(self, moderator_id: int) -> Digest | None:
        """What the moderator chose; None for no mail."""
        query = select(digests).where(digests.c.moderator_id == moderator_id)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        is_confirmed = row.confirmed_at is not None
        return Digest(DigestFrequency(row.frequency), row.address, row.problem, is_confirmed)

    def has_any(self) -> bool:
        """Whether any moderator chose a digest."""
        with self._database.read() as connection:
            return connection.execute(select(digests.c.moderator_id).limit(1)).first() is not None


def _to(moderator_id: int, address: str) -> ColumnElement[bool]:
    return (digests.c.moderator_id == moderator_id) & (digests.c.address == address)


def _confirmed_at(moderator_id: int, address: str) -> Select[tuple[datetime | None]]:
    return select(digests.c.confirmed_at).where(_to(moderator_id, address))
