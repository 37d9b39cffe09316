"""The random number by which a database is told from what it was before a backup was restored.

Counters go back with a restore: what was made of one alone would name two different things.
"""

import secrets

from sqlalchemy import Connection, select

from moderation.storage.database.engine import Database, insert_for
from moderation.storage.schema.system import database_identity

ROW = 1  # the only one
SELECT_INCARNATION = (
    select(database_identity.c.incarnation)
    .where(database_identity.c.id == ROW)
    .scalar_subquery()
    .label("incarnation")
)


def incarnation_of(database: Database) -> str:
    """Return the database's incarnation, made now where a restore left none."""
    query = select(SELECT_INCARNATION)
    with database.read() as connection:
        incarnation = connection.execute(query).scalar()
    if incarnation is None:
        with database.write() as connection:
            _insert(connection)
            incarnation = connection.execute(query).scalar_one()
    return str(incarnation)


def renew_incarnation(connection: Connection) -> None:
    """Give a restored database a new incarnation, within the transaction."""
    connection.execute(database_identity.delete())
    _insert(connection)


def _insert(connection: Connection) -> None:
    row = {"id": ROW, "incarnation": secrets.token_hex(8)}
    statement = insert_for(connection)(database_identity).values(row)
    connection.execute(statement.on_conflict_do_nothing())
