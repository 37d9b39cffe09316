"""Rows by a list of numbers: the same on both databases, whatever the length, by the index."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select

from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import Database
from moderation.storage.database.listed_numbers import is_listed

ROWS = Table(
    "numbered", MetaData(), Column("id", Integer, primary_key=True), prefixes=["TEMPORARY"]
)
LISTED = select(ROWS.c.id).where(is_listed(ROWS.c.id, "ids"), ROWS.c.id < 10).order_by(ROWS.c.id)
BIG = DriverStatement(insert(ROWS), ["id"])


@pytest.mark.parametrize(
    ("ids", "expected"),
    [([], []), ([2], [2]), ([3, 1, 1, 2**62], [1, 3]), (list(range(40_000)), [1, 2, 3])],
    ids=["none", "one", "some", "more than SQLite takes parameters"],
)
def test_rows_are_those_whose_number_is_listed(
    database: Database, ids: Sequence[int], expected: list[int]
) -> None:
    with database.write() as connection:
        ROWS.create(connection)
        BIG.run(connection, [{"id": number} for number in (1, 2, 3, 11)])

        by_driver = [row.id for row in DriverStatement(LISTED).all(connection, {"ids": ids})]
        by_core = list(connection.execute(LISTED, {"ids": ids}).scalars())
        ROWS.drop(connection)

    assert by_driver == by_core == expected


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_key_finds_what_is_listed(database: Database) -> None:
    table = Table(
        "keyed", MetaData(), Column("id", Integer, primary_key=True), Column("n", Integer)
    )
    listed = select(table.c.id).where(is_listed(table.c.id, "ids"), table.c.n.is_(None))
    with database.write() as connection:
        table.create(connection)
        query = f"EXPLAIN QUERY PLAN {listed.compile(connection)}"
        plan = [row.detail for row in connection.exec_driver_sql(query, ("[1]",))]

    assert plan[0].startswith("SEARCH keyed USING ")
