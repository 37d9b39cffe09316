"""Who wants a digest, and whose turn it is: one for each period, by whichever worker."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from moderation.accounts.moderators import Reach
from moderation.clock import Clock
from moderation.notifications.digests import (
    ClaimedDigest,
    Digest,
    DigestFrequency,
    SiteWaiting,
    period_of,
)
from moderation.storage.accounts.moderators import SELECT_MODERATOR, to_moderator
from moderation.storage.accounts.sessions import holder_of
from moderation.storage.comments.visibility import within
from moderation.storage.database.engine import Database, insert_for
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.comments import comments, is_flagged
from moderation.storage.schema.notifications import digests
from moderation.storage.schema.sites import sites

_REST = timedelta(minutes=10)  # after the mail server failed


class Digests:
    """Each moderator's choice; none means no mail."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def choose(self, session: str, frequency: DigestFrequency, address: str) -> None:
        """From the next hour or day on; raises SignedOut."""
        now = self._clock()
        chosen: dict[str, Any] = {
            "every": frequency,
            "address": address,
            "period": period_of(frequency, now),
            "next_at": EPOCH,
            "problem": None,
        }
        with self._database.write() as connection:
            holder = holder_of(connection, session, now)
            connection.execute(
                insert_for(connection)(digests)
                .values(moderator_id=holder.id, **chosen)
                .on_conflict_do_update(index_elements=["moderator_id"], set_=chosen)
            )

    def choose_none(self, session: str) -> None:
        """No mail from now on; raises SignedOut."""
        with self._database.write() as connection:
            holder = holder_of(connection, session, self._clock())
            connection.execute(digests.delete().where(digests.c.moderator_id == holder.id))

    def stop(self, moderator_id: int, address: str) -> None:
        """No mail to this address from now on, for who has the link of one."""
        this = (digests.c.moderator_id == moderator_id) & (digests.c.address == address)
        with self._database.write() as connection:
            connection.execute(digests.delete().where(this))

    def get(self, moderator_id: int) -> Digest | None:
        """What the moderator chose; None for no mail."""
        query = select(digests).where(digests.c.moderator_id == moderator_id)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else Digest(DigestFrequency(row.every), row.address, row.problem)

    def wanted(self) -> bool:
        """Whether anybody wants one."""
        with self._database.read() as connection:
            return connection.execute(select(digests.c.moderator_id).limit(1)).first() is not None

    def claim(self) -> Iterator[ClaimedDigest]:
        """Those that are due, each once its period is taken from all other workers.

        Taken before it is sent: a worker that dies in between costs one mail, and the next tells
        the same; the other way round could send two.
        """
        now = self._clock()
        query = (
            SELECT_MODERATOR.add_columns(digests.c.every, digests.c.address, digests.c.period)
            .join(digests, digests.c.moderator_id == moderators.c.id)
            .where(moderators.c.active, digests.c.next_at <= now, _is_due(now))
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        for row in rows:
            frequency = DigestFrequency(row.every)
            period = period_of(frequency, now)
            claimed = ClaimedDigest(to_moderator(row), frequency, row.address, period, row.period)
            if self._change(claimed, row.period, {"period": period, "problem": None}):
                yield claimed

    def put_back(self, claimed: ClaimedDigest, problem: str) -> None:
        """Not sent, for a fault that may pass: to be tried again soon."""
        values = {
            "period": claimed.previous_period,
            "next_at": self._clock() + _REST,
            "problem": problem,
        }
        self._change(claimed, claimed.period, values)

    def note_refused(self, claimed: ClaimedDigest, problem: str) -> None:
        """Not sent, for a fault that stays: its moderator is told on the account page."""
        self._change(claimed, claimed.period, {"problem": problem})

    def waiting(self, reach: Reach) -> list[SiteWaiting]:
        """What waits within reach, by site."""
        query = (
            select(sites.c.title, func.count(), func.min(comments.c.submitted_at))
            .select_from(comments.join(sites, comments.c.site_id == sites.c.id))
            .where(is_flagged, within(reach))
            .group_by(sites.c.id, sites.c.title)
            .order_by(sites.c.title)
        )
        with self._database.read() as connection:
            return [SiteWaiting(*row) for row in connection.execute(query)]

    def _change(self, claimed: ClaimedDigest, period: int, values: dict[str, object]) -> bool:
        """The compare-and-set: False where another worker or the moderator was first."""
        this = and_(
            digests.c.moderator_id == claimed.moderator.id,
            digests.c.address == claimed.address,
            digests.c.every == claimed.frequency,
            digests.c.period == period,
        )
        with self._database.write() as connection:
            return connection.execute(digests.update().where(this).values(values)).rowcount == 1


def _is_due(now: datetime) -> ColumnElement[bool]:
    due = [
        and_(digests.c.every == frequency, digests.c.period < period_of(frequency, now))
        for frequency in DigestFrequency
    ]
    return or_(*due)
