"""Rows that are inserted in bulk are those that were given, and refused like single ones."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from moderation.storage.database.bulk_insert import insert_rows
from moderation.storage.database.engine import Database
from moderation.storage.schema.system import address_keys

ROWS = [{"period": 1, "key": "a\tb\\n\n'ä"}, {"period": 2, "key": "\\N"}]


def test_each_row_is_kept_as_it_is(database: Database) -> None:
    with database.write() as connection:
        insert_rows(connection, address_keys, ROWS)
        insert_rows(connection, address_keys, [])

    with database.read() as connection:
        query = select(address_keys.c.period, address_keys.c.key).order_by(address_keys.c.period)
        assert [dict(row) for row in connection.execute(query).mappings()] == ROWS


def test_a_row_that_is_there_is_refused(database: Database) -> None:
    with database.write() as connection, pytest.raises(IntegrityError):
        insert_rows(connection, address_keys, [*ROWS, ROWS[0]])
