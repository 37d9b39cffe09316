"""The keys that addresses are hashed with, one for each period; old ones are deleted."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from moderation.storage.database.engine import Database, insert_for
from moderation.storage.database.server_time import server_time
from moderation.storage.schema.system import address_keys

PERIOD = timedelta(days=30)


def period_of(moment: datetime) -> int:
    """The number of the period, which grows with time."""
    return int(moment.timestamp() // PERIOD.total_seconds())


class AddressKeys:
    """Keys that all web servers share, so that they hash alike."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[str]:
        """Return every key that is still kept; makes and deletes none."""
        with self._database.read() as connection:
            return list(_keys(connection).values())

    def of_period(self, period: int) -> str:
        """Return the period's key, made at its first use; keys of earlier periods are deleted.

        A period is over by the database's clock as well: a web server whose clock is ahead would
        delete the key of today, and with it every ban.
        """
        with self._database.read() as connection:
            keys = _keys(connection)
            if period in keys and not _is_over(min(keys), period, connection):
                return keys[period]
        with self._database.write() as connection:
            connection.execute(
                insert_for(connection)(address_keys)
                .values(period=period, key=secrets.token_hex(32))
                .on_conflict_do_nothing()
            )
            over = [number for number in _keys(connection) if _is_over(number, period, connection)]
            connection.execute(address_keys.delete().where(address_keys.c.period.in_(over)))
            return _keys(connection)[period]


def _keys(connection: Connection) -> dict[int, str]:
    rows = connection.execute(select(address_keys.c.period, address_keys.c.key))
    return {row.period: row.key for row in rows}


def _is_over(period: int, asked: int, connection: Connection) -> bool:
    return period < min(asked, period_of(server_time(connection)))
