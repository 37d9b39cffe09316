"""Proxies that forward requests and that no setting names: readers behind them look like one."""

from datetime import timedelta

from sqlalchemy import select

from moderation.clock import Clock
from moderation.storage.database.engine import Database, insert_for
from moderation.storage.schema.system import unnamed_proxies

REMEMBERED = timedelta(hours=24)


class UnnamedProxies:
    """Where forwarded requests came from lately; all processes see it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, place: str) -> None:
        """Keep that requests are forwarded from a place; places of long ago are deleted.

        Args:
            place: The proxy's address where it is a private one, else what stands for all others.
        """
        now = self._clock()
        with self._database.write() as connection:
            connection.execute(
                insert_for(connection)(unnamed_proxies)
                .values(place=place, seen_at=now)
                .on_conflict_do_update(index_elements=["place"], set_={"seen_at": now})
            )
            old = unnamed_proxies.c.seen_at < now - REMEMBERED
            connection.execute(unnamed_proxies.delete().where(old))

    def recent(self) -> list[str]:
        """Return the places of the last 24 hours."""
        query = (
            select(unnamed_proxies.c.place)
            .where(unnamed_proxies.c.seen_at >= self._clock() - REMEMBERED)
            .order_by(unnamed_proxies.c.place)
        )
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())
