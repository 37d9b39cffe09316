"""The number by which a process notices that something was committed."""

from pathlib import Path

import pytest

from moderation.storage.database.commit_number import CommitNumber
from moderation.storage.database.engine import Database, open_database
from moderation.storage.system.incarnation import incarnation_of, renew_incarnation


def commit(database: Database) -> None:
    with database.write() as connection:
        renew_incarnation(connection)


def test_it_is_another_one_after_a_commit_and_only_then(database: Database) -> None:
    commit(database)
    before = database.commits.read()
    incarnation_of(database)
    same = database.commits.read()

    commit(database)

    assert before == same != database.commits.read()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_says_what_others_committed(database: Database, database_url: str) -> None:
    before = database.commits.read()
    other = open_database(database_url)

    commit(other)

    other.close()
    assert database.commits.read() != before


def test_whoever_waits_for_a_commit_waits_no_longer(database: Database) -> None:
    last = database.commits.read()
    alone = database.commits.wait(last, 0.0)

    commit(database)

    assert (alone, database.commits.wait(last, 3_600)) == (False, True)


def test_a_file_that_is_not_there_has_none_and_is_not_made(tmp_path: Path) -> None:
    commits = CommitNumber(tmp_path / "parley.db")

    assert commits.read() is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_connection_opened_anew_begins_with_another_number(database: Database) -> None:
    before = database.commits.read()

    database.commits.close()

    assert database.commits.read() != before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whoever_asks_for_it_keeps_no_log_from_being_emptied(database: Database) -> None:
    commit(database)
    database.commits.read()

    assert database.empty_log()
