"""Read the tables of another system's SQLite file."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from moderation.imports.records import BrokenFile


def table_rows(path: Path, table: str) -> Iterator[Mapping[str, object]]:
    """Yield the rows of a table, by their columns, in the order of the file.

    Raises:
        BrokenFile: The file is damaged or has no such table.
    """
    address = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.row_factory = sqlite3.Row
            quoted = table.replace('"', '""')
            for row in connection.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 our own name
                yield dict(row)
    except sqlite3.Error as error:
        sentence = f"table {table}: it cannot be read ({error})"
        raise BrokenFile(sentence) from error
