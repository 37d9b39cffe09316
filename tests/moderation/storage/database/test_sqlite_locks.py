"""What other programs may do to a SQLite file while this one has it open."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import text

from moderation.storage.database.engine import open_database
from moderation.storage.migrate import migrate

READ_AND_CLOSE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
print(connection.execute("SELECT count(*) FROM sites").fetchone()[0])
connection.close()
"""
INSERT = text(
    "INSERT INTO sites (name, title, origins, policy, max_text, created_at)"
    " VALUES (:name, '', '[]', '{}', 10, 0)"
)


def test_a_program_that_reads_and_closes_the_file_leaves_the_log_to_those_that_write(
    tmp_path: Path,
) -> None:
    path = tmp_path / "parley.db"
    database = open_database(f"sqlite:///{path}", pool_size=2)
    migrate(database)
    numbers = []
    for name in ("first", "second"):
        with database.write() as connection:
            connection.execute(INSERT, {"name": name})
        with database.read() as one, database.read() as other:  # so many connections are opened
            one.execute(text("SELECT 1"))
            other.execute(text("SELECT 1"))

        numbers.append(in_another_program(path))

    assert numbers == [1, 2]
    database.close()


def in_another_program(path: Path) -> int:
    command = [sys.executable, "-c", READ_AND_CLOSE, str(path)]
    return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
