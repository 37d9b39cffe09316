"""Each error of a driver has a word, and PostgreSQL's codes have them by their class."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from moderation.storage.database.database_faults import DatabaseFault, fault_of
from moderation.storage.database.engine import DatabaseUnavailable, open_database


@pytest.mark.parametrize(
    ("sqlstate", "fault"),
    [
        ("25006", DatabaseFault.READ_ONLY),
        ("53100", DatabaseFault.FULL),
        ("53300", DatabaseFault.NO_CONNECTION_FREE),
        ("55P03", DatabaseFault.LOCKED),
        ("40P01", DatabaseFault.LOCKED),
        ("57P01", DatabaseFault.NO_ANSWER),
        ("08006", DatabaseFault.NO_ANSWER),
        ("XX001", DatabaseFault.DAMAGED),
        ("42P01", DatabaseFault.OTHER),
    ],
)
def test_postgresqls_codes_have_a_word(sqlstate: str, fault: DatabaseFault) -> None:
    error = psycopg.errors.lookup(sqlstate)("what it says")

    assert fault_of(DBAPIError("SELECT 1", {}, error)) is fault


def test_an_address_where_nobody_answers_is_no_answer() -> None:
    nobody = open_database("postgresql+psycopg://127.0.0.1:1/parley")

    with pytest.raises(DatabaseUnavailable) as raised, nobody.read():
        pass

    assert raised.value.fault is DatabaseFault.NO_ANSWER


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "parley.db"
    file.write_bytes(b"x" * 4096)

    with pytest.raises(sqlite3.DatabaseError) as raised:
        sqlite3.connect(file).execute("SELECT * FROM sqlite_master")

    assert fault_of(DBAPIError("SELECT 1", {}, raised.value)) is DatabaseFault.DAMAGED
