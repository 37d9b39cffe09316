"""Insert very many rows: PostgreSQL copies them in, SQLite takes them as its driver does."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.exc import DBAPIError

from moderation.storage.database.driver_statement import run_on_driver


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns."""
    if not rows:
        return
    changes = _changes(table, connection.dialect)
    columns = {name: _as_kept(changes[name], [row[name] for row in rows]) for name in rows[0]}
    names = [name for name, values in columns.items() if not _is_left_out(table, name, values)]
    values = zip(*(columns[name] for name in names), strict=True)
    if connection.dialect.name == "postgresql":
        copy_in(connection, table.name, names, values)
    else:
        put_in(connection, table.name, names, values)


def copy_in(
    connection: Connection, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Copy rows into a table of PostgreSQL in the order of the names; raises DBAPIError."""
    statement = f"COPY {table} ({', '.join(names)}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    driver_error = connection.dialect.loaded_dbapi.Error  # serving SQLite needs no psycopg
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except driver_error as error:
        raise DBAPIError.instance(statement, None, error, driver_error) from error


def put_in(
    connection: Connection, table: str, names: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Insert rows into a table of SQLite in the order of the names; raises DBAPIError.

    As the driver takes them: SQLAlchemy needs longer for each row than SQLite (measured).
    """
    places = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"  # noqa: S608 our own words
    run_on_driver(connection, statement, list(rows), many=True)


@lru_cache(maxsize=64)  # looked up for each column it took as long as the rest (measured)
def _changes(table: Table, dialect: Dialect) -> Mapping[str, Callable[[Any], Any] | None]:
    """What makes of a column's value the one that the database keeps; None: it is the same."""
    return {
        column.key: column.type.dialect_impl(dialect).bind_processor(dialect)
        for column in table.columns
    }


def _as_kept(kept: Callable[[Any], Any] | None, values: Sequence[Any]) -> Sequence[Any]:
    """The values of a column as the database keeps them."""
    if kept is None:
        return values
    if values.count(values[0]) == len(values):  # most moments are the same for all
        return [kept(values[0])] * len(values)
    return [kept(value) for value in values]


def _is_left_out(table: Table, name: str, values: Sequence[Any]) -> bool:
    """Whether the column is empty in all rows anyway."""
    return table.c[name].server_default is None and values.count(None) == len(values)
