"""Connections to the database are used again."""

from sqlalchemy import Connection

from moderation.storage.database.engine import open_database


def of_driver(connection: Connection) -> object:
    return connection.connection.driver_connection


def test_the_connection_used_last_is_used_next(database_url: str) -> None:
    database = open_database(database_url)
    with database.read() as outer, database.read() as inner:
        last, other = of_driver(outer), of_driver(inner)

    with database.read() as next_one:
        assert of_driver(next_one) is last is not other
    database.close()
