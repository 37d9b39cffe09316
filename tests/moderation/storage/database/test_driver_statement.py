"""A statement run on the driver does what SQLAlchemy's own way does, on both databases."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Dialect,
    Float,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    bindparam,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError

from moderation.comments import Status
from moderation.storage.database.database_faults import DatabaseFault
from moderation.storage.database.driver_statement import DriverStatement, compile_statements
from moderation.storage.database.engine import Database, DatabaseUnavailable
from moderation.storage.schema.column_types import Duration, UtcTime

TYPES = Table(
    "every_type",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("status", String(16)),
    Column("at", UtcTime),
    Column("took", Duration),
    Column("is_on", Boolean),
    Column("share", Float),
    Column("reasons", JSON(none_as_null=True)),
    prefixes=["TEMPORARY"],
)
NAMES = [column.key for column in TYPES.columns]
FULL = {
    "id": 1,
    "status": Status.FLAGGED,
    "at": datetime(2026, 3, 29, 1, 30, 0, 1, UTC),
    "took": timedelta(days=-1, microseconds=7),
    "is_on": True,
    "share": 0.1,
    "reasons": [{"rule": "50 % 'ä'", "score": None}],
}
EMPTY = dict.fromkeys(FULL) | {"id": 2}
INSERT = DriverStatement(insert(TYPES), NAMES)
ALL = select(TYPES).order_by(TYPES.c.id)
LATEST = select(func.max(TYPES.c.at, type_=UtcTime).label("at"), (TYPES.c.share > 0).label("any"))
LATEST = LATEST.where(TYPES.c.status == bindparam("status")).group_by(TYPES.c.share).limit(5)
SELECT_1 = DriverStatement(select(bindparam("number", type_=Integer).label("number")))


@pytest.mark.parametrize("rows", [[FULL], [FULL, EMPTY]], ids=["one", "many"])
def test_rows_come_back_as_they_were_given(
    database: Database, rows: list[dict[str, object]]
) -> None:
    with database.write() as connection:
        TYPES.create(connection)
        INSERT.run(connection, rows)

        read = DriverStatement(ALL).all(connection, {})
        assert [row._asdict() for row in read] == rows
        assert [dict(row) for row in connection.execute(ALL).mappings()] == rows
        TYPES.drop(connection)


def test_parameters_and_expressions_are_those_of_the_statement(database: Database) -> None:
    latest = DriverStatement(LATEST)
    with database.write() as connection:
        TYPES.create(connection)
        INSERT.run(connection, [FULL, EMPTY])

        assert latest.first(connection, {"status": Status.FLAGGED}) == (FULL["at"], True)
        assert latest.first(connection, {"status": Status.PENDING}) is None
        TYPES.drop(connection)


def test_text_that_is_not_built_is_run_too(database: Database) -> None:
    with database.write() as connection:
        TYPES.create(connection)
        by_text = text("INSERT INTO every_type (id, status) VALUES (:id, '10 %' || :more)")
        DriverStatement(by_text).run(connection, [{"id": 1, "more": "a"}, {"id": 2, "more": ""}])

        rows = DriverStatement(ALL).all(connection, {})
        assert [row.status for row in rows] == ["10 %a", "10 %"]
        TYPES.drop(connection)


def test_value_that_is_refused_is_the_error_that_it_always_was(database: Database) -> None:
    errors = []
    for run in (INSERT.run, lambda connection, rows: connection.execute(insert(TYPES), rows)):
        with database.write() as connection:
            TYPES.create(connection)
            refused = connection.begin_nested()
            with pytest.raises(IntegrityError) as error:
                run(connection, [FULL, FULL])
            refused.rollback()
            TYPES.drop(connection)
        errors.append((error.type, type(error.value.orig), str(error.value.orig)))
        assert "'ä'" not in str(error.value)

    assert errors[0] == errors[1]


def test_connection_that_is_lost_does_not_come_again(database: Database) -> None:
    connections: list[object] = []

    def read_after_it_closed() -> None:
        with database.read() as connection:
            driver: Any = connection.connection.driver_connection
            connections.append(driver)
            driver.close()
            SELECT_1.first(connection, {"number": 1})

    with pytest.raises(DatabaseUnavailable):
        read_after_it_closed()
    with database.read() as connection:
        assert connection.connection.driver_connection is not connections[0]
        assert SELECT_1.first(connection, {"number": 1}) == (1,)


def test_database_that_is_read_only_is_so_by_its_fault(database: Database) -> None:
    read_only = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET TRANSACTION READ ONLY"}
    dialect = database.engine.dialect.name
    remove = DriverStatement(text("DELETE FROM comments WHERE public_id = :id"))

    def write() -> None:
        with database.write() as connection:
            connection.exec_driver_sql(read_only[dialect])
            remove.run(connection, [{"id": "unknown"}])

    with pytest.raises(DatabaseUnavailable) as unavailable:
        write()

    assert unavailable.value.fault is DatabaseFault.READ_ONLY
    # PostgreSQL's connections go: the next ones may lead to the new primary.
    cause: Any = unavailable.value.__cause__
    assert cause.connection_invalidated is (dialect == "postgresql")


def test_all_that_was_built_is_compiled_at_once(database: Database) -> None:
    built: list[str] = []

    def build(dialect: Dialect) -> Select[Any]:
        built.append(dialect.name)
        return select(func.max(TYPES.c.id).label("id"))

    newest = DriverStatement(build)
    compile_statements(database.engine.dialect)
    with database.write() as connection:
        TYPES.create(connection)
        assert newest.first(connection, {}) == (None,)
        TYPES.drop(connection)

    assert built == [database.engine.dialect.name]
