"""The keys that addresses are hashed with, one for each period; old ones are deleted."""

import secrets

from sqlalchemy import select

from moderation.storage.database.engine import Database, insert_for
from moderation.storage.schema.system import address_keys


class AddressKeys:
    """Keys that all web servers share, so that they hash alike."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[str]:
        """Return every key that is still kept; makes and deletes none."""
        with self._database.read() as connection:
            return list(connection.execute(select(address_keys.c.key)).scalars())

    def of_period(self, period: int) -> str:
        """Return the period's key, made at its first use; keys of earlier periods are deleted.

        Args:
            period: A number that grows with time.
        """
        query = select(address_keys.c.key).where(address_keys.c.period == period)
        with self._database.read() as connection:
            key = connection.execute(query).scalar()
        if key is not None:
            return str(key)
        with self._database.write() as connection:
            connection.execute(
                insert_for(connection)(address_keys)
                .values(period=period, key=secrets.token_hex(32))
                .on_conflict_do_nothing()
            )
            connection.execute(address_keys.delete().where(address_keys.c.period < period))
            return str(connection.execute(query).scalar_one())
