"""Pages that the site itself must be asked about, and what it said."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from moderation.clock import Clock
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import Database
from moderation.storage.schema.column_types import UtcTime
from moderation.storage.schema.sites import pages, sites

_LEASE = timedelta(minutes=10)  # then another process tries, where one was lost
_DUE = DriverStatement(
    select(pages.c.id).where(pages.c.check_at <= bindparam("now", type_=UtcTime)).limit(1)
)


@dataclass(frozen=True, slots=True)
class PageToCheck:
    """A page, and where the site's own page for it is.

    Attributes:
        url: None where nothing leads to it.
        is_claimed: Whether only a reader said that it is there.
    """

    id: int
    key: str
    url: str | None
    is_claimed: bool
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConfirmedPage:
    """What the site's page says; None where it says nothing."""

    title: str | None
    url: str | None


class PageChecks:
    """The pages that wait for a check."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def has_due(self) -> bool:
        """Whether a page waits; cheap to ask."""
        with self._database.read() as connection:
            return _DUE.first(connection, {"now": self._clock()}) is not None

    def take(self) -> PageToCheck | None:
        """Take the page that waits longest; no other process takes it for some minutes."""
        now = self._clock()
        query = (
            select(pages, sites.c.origins)
            .join(sites, pages.c.site_id == sites.c.id)
            .where(pages.c.check_at <= now)
            .order_by(pages.c.check_at, pages.c.id)
            .limit(1)
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        with self._database.write() as connection:
            is_ours = self._set(connection, row, {"check_at": now + _LEASE})
        return _to_check(row) if is_ours else self.take()

    def record(self, page: PageToCheck, confirmed: ConfirmedPage | None) -> None:
        """Note that the page was looked at, and what it says; None where it was not read."""
        values: dict[str, object] = {"check_at": None, "checked_at": self._clock()}
        if confirmed is not None:
            known = (("title", confirmed.title), ("url", confirmed.url))
            values |= {name: value for name, value in known if value is not None}
        with self._database.write() as connection:
            connection.execute(pages.update().where(pages.c.id == page.id).values(values))

    def _set(self, connection: Connection, row: Row[Any], values: dict[str, object]) -> bool:
        is_unchanged = (pages.c.id == row.id) & (pages.c.check_at == row.check_at)
        return connection.execute(pages.update().where(is_unchanged).values(values)).rowcount == 1


def _to_check(row: Row[Any]) -> PageToCheck:
    url = row.url or row.claimed_url
    return PageToCheck(row.id, row.key, url, row.url is None, tuple(row.origins))
