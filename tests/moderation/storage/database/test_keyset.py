"""Rows in the order of a keyset, part by part, none twice and none left out."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Integer, MetaData, Table, create_engine, select

from moderation.storage.database.keyset import Keyset
from moderation.storage.schema.column_types import UtcTime
from tests.support.clock import START

events = Table("events", MetaData(), Column("at", UtcTime), Column("id", Integer, primary_key=True))


def parts(connection: Connection, keyset: Keyset, limit: int) -> Iterator[Any]:
    query = select(events.c.at, events.c.id).order_by(*keyset.order_by).limit(limit)
    rows = connection.execute(query).all()
    while rows:
        yield from rows
        rows = connection.execute(query.where(keyset.after(rows[-1]))).all()


@pytest.mark.parametrize("descending", [False, True])
@given(moments=st.lists(st.integers(0, 3), max_size=12), limit=st.integers(1, 5))
def test_parts_are_the_whole(moments: list[int], limit: int, descending: bool) -> None:
    keyset = Keyset((events.c.at, events.c.id), descending)
    rows = [(START.replace(second=second), number) for number, second in enumerate(moments)]
    with create_engine("sqlite://").begin() as connection:
        events.create(connection)
        if rows:
            connection.execute(events.insert(), [{"at": at, "id": number} for at, number in rows])

        shown = [(row.at, row.id) for row in parts(connection, keyset, limit)]

    assert shown == sorted(rows, reverse=descending)
