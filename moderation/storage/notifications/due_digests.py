"""The digests that are due: each is claimed for its period by one process, and sent by it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from moderation.accounts.moderators import AccessScope
from moderation.clock import Clock
from moderation.notifications.digests import (
    ClaimedDigest,
    DigestFrequency,
    SiteWaiting,
    period_of,
)
from moderation.storage.accounts.moderators import SELECT_MODERATOR, to_moderator
from moderation.storage.comments.open_reports import reported_number
from moderation.storage.comments.visibility import site_in_scope
from moderation.storage.database.engine import Database
from moderation.storage.database.limited_times import has_ended
from moderation.storage.decisions.queue_rank import likely_number
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.comments import arrival, comments, is_flagged
from moderation.storage.schema.notifications import digests
from moderation.storage.schema.sites import sites

_RETRY_AFTER = timedelta(minutes=10)  # when the mail server failed


class DueDigests:
    """Claims digests, for any number of processes at once, and counts what they are about."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read and write in this database; the clock says what is due."""
        self._database = database
        self._clock = clock

    def claim(self) -> Iterator[ClaimedDigest]:
        """Claim the digests that are due, one after the other.

        Each is claimed before it is sent: a process that dies in between costs one mail, and the
        next one says the same; the other way round could send two.

        Yields:
            A digest that no other process sends for this period.
        """
        now = self._clock()
        query = (
            SELECT_MODERATOR.add_columns(digests.c.frequency, digests.c.address, digests.c.period)
            .join(digests, digests.c.moderator_id == moderators.c.id)
            .where(
                moderators.c.active,
                digests.c.confirmed_at.is_not(None),
                may_retry(now),
                _is_due(now),
            )
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        for row in rows:
            frequency = DigestFrequency(row.frequency)
            period = period_of(frequency, now)
            claimed = ClaimedDigest(to_moderator(row), frequency, row.address, period, row.period)
            if self._change(claimed, row.period, {"period": period, "problem": None}):
                yield claimed

    def retry_later(self, claimed: ClaimedDigest, problem: str) -> None:
        """Give a claim back, for a fault that may pass: it is due again in some minutes."""
        values = {
            "period": claimed.previous_period,
            "retry_at": self._clock() + _RETRY_AFTER,
            "problem": problem,
        }
        self._change(claimed, claimed.period, values)

    def note_refused(self, claimed: ClaimedDigest, problem: str) -> None:
        """Keep why a digest was not sent, for its moderator's account page; the fault stays."""
        self._change(claimed, claimed.period, {"problem": problem})

    def waiting_by_site(self, scope: AccessScope) -> list[SiteWaiting]:
        """What waits for a moderator with this scope or is reported, by the titles of the sites."""
        reported = (
            reported_number(comments.c.site_id == sites.c.id).correlate(sites).scalar_subquery()
        )
        query = (
            select(
                sites.c.title,
                func.count(comments.c.id),
                likely_number,
                func.min(arrival),
                reported.label("reported"),
            )
            .select_from(sites.outerjoin(comments, (comments.c.site_id == sites.c.id) & is_flagged))
            .where(site_in_scope(scope))
            .group_by(sites.c.id, sites.c.title)
            .order_by(sites.c.title)
        )
        with self._database.read() as connection:
            rows = [SiteWaiting(*row) for row in connection.execute(query)]
        return [site for site in rows if site.number or site.reported]

    def _change(self, claimed: ClaimedDigest, period: int, values: dict[str, object]) -> bool:
        """The compare-and-set: False where another process or the moderator was first."""
        is_unchanged = and_(
            digests.c.moderator_id == claimed.moderator.id,
            digests.c.address == claimed.address,
            digests.c.frequency == claimed.frequency,
            digests.c.period == period,
        )
        statement = digests.update().where(is_unchanged).values(values)
        with self._database.write() as connection:
            return connection.execute(statement).rowcount == 1


def may_retry(now: datetime) -> ColumnElement[bool]:
    """Whether a digest whose mail server failed may be tried again."""
    return has_ended(digests.c.retry_at, now, _RETRY_AFTER)


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Not sent for this period, nor for the next one by a clock that is a little ahead."""
    return or_(
        *(
            and_(
                digests.c.frequency == frequency,
                digests.c.period.not_in([period, period + 1]),
            )
            for frequency in DigestFrequency
            for period in [period_of(frequency, now)]
        )
    )
