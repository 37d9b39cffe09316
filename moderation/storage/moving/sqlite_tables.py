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
    number, address = 0, f"{path.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.row_factory = sqlite3.Row
            connection.text_factory = bytes.decode
            quoted = table.replace('"', '""')
            for row in connection.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 our own name
                number += 1
                yield dict(row)
    except UnicodeDecodeError as error:
        sentence = f"table {table}, row {number + 1}: a text is not UTF-8"
        raise BrokenFile(sentence) from error
    except sqlite3.OperationalError as error:
        is_missing = "no such table" in str(error)
        why = "the file has no such table" if is_missing else "it cannot be read"
        sentence = f"table {table}: {why}"
        raise BrokenFile(sentence) from error
    except sqlite3.Error as error:
        sentence = f"table {table}, after row {number}: the file is damaged there, or is cut"
        raise BrokenFile(sentence) from error
