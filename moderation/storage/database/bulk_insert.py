"""Insert very many rows: PostgreSQL copies them in, SQLite takes them one by one as quickly."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns."""
    if not rows:
        return
    if connection.dialect.name != "postgresql":
        connection.execute(table.insert(), rows)
        return
    columns = [(name, _as_kept(connection, table, name)) for name in rows[0]]
    names = [name for name, _ in columns]
    copy_in(connection, table.name, names, ([kept(row[n]) for n, kept in columns] for row in rows))


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


def _as_kept(connection: Connection, table: Table, name: str) -> Callable[[Any], Any]:
    """How the database keeps a value of the column."""
    dialect = connection.dialect
    processor = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
    return processor or (lambda value: value)
