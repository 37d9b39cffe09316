"""Writes that share a transaction, and do not share each other's failures."""

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from moderation.comments import Comment, InvalidComment
from moderation.sites import Site
from moderation.storage.comments import group_commit
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.pages import Pages
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database, DatabaseUnavailable, open_database
from moderation.storage.database.write_lock import WriteLock
from moderation.storage.decisions.backlog import Backlog
from moderation.storage.migrate import migrate
from tests.support.clock import FakeClock
from tests.support.concurrency import together
from tests.support.factories import submission


def test_many_at_once_are_all_stored_and_the_wrong_ones_told(
    comments: Comments, site: Site, database: Database
) -> None:
    wrong = submission(parent="unknown", page="/wrong")
    new = [wrong if number % 4 == 0 else submission(text=f"{number}") for number in range(80)]

    outcomes = together(
        *(partial(comments.add, site, new_comment, Submitter()) for new_comment in new)
    )

    refused = [new_comment is wrong for new_comment in new]
    assert [isinstance(outcome, InvalidComment) for outcome in outcomes] == refused
    assert [outcome.text for outcome in outcomes if isinstance(outcome, Comment)] == [
        new_comment.text for new_comment in new if new_comment is not wrong
    ]
    assert Pages(database).get(site, "/wrong").id is None


def test_same_idempotency_key_at_once_stores_one(comments: Comments, site: Site) -> None:
    sender = Submitter(idempotency_key="k")

    outcomes = together(*(partial(comments.add, site, submission(), sender) for _ in range(20)))

    assert len({outcome.id for outcome in outcomes if isinstance(outcome, Comment)}) == 1
    assert all(isinstance(outcome, Comment) for outcome in outcomes)


def test_nothing_is_promised_when_the_database_is_away(site: Site, clock: FakeClock) -> None:
    database = open_database("sqlite:////nowhere/parley.db")

    with pytest.raises(DatabaseUnavailable):
        Comments(database, clock).add(site, submission(), Submitter())


def test_words_of_a_batch_are_written_together(tmp_path: Path, clock: FakeClock) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'parley.db'}")
    migrate(database)
    site = Sites(database, clock).add(Site(0, "demo", "Demo", ("https://paper.example",)))

    sent = [(submission(text=f"{number}"), Submitter()) for number in range(5)]
    Comments(database, clock).add_all(site, sent)

    with database.read() as connection:
        parts = "SELECT count(DISTINCT segid) FROM comment_words_idx"
        assert connection.exec_driver_sql(parts).scalar_one() == 1
    database.close()


@pytest.mark.parametrize("held", ["by another program", "by another process of Parley"])
def test_all_who_wait_for_a_locked_file_are_answered_together(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, held: str
) -> None:
    monkeypatch.setattr(group_commit, "WRITE_SECONDS", 1.0)
    database = open_database(f"sqlite:///{tmp_path / 'parley.db'}")
    migrate(database)
    comments = Comments(database, clock)
    site = Sites(database, clock).add(Site(0, "demo", "Demo", ("https://paper.example",)))
    threads = ThreadPoolExecutor(130)  # three batches, each of which would wait anew

    with holding(tmp_path / "parley.db", held):
        waiting = [
            threads.submit(comments.add, site, submission(text=f"{number}"), Submitter())
            for number in range(130)
        ]
        answered = wait(waiting, timeout=60).done

    assert len(answered) == 130
    assert all(isinstance(write.exception(), DatabaseUnavailable) for write in answered)
    comments.add(site, submission(text="later"), Submitter())
    assert Backlog(database, clock).pending() == 1
    threads.shutdown()
    database.close()


@contextmanager
def holding(path: Path, held: str) -> Iterator[None]:
    """Hold the lock to write, without SQLite's own where another process of Parley has it."""
    if held == "by another program":
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.close()
    else:
        lock = WriteLock(f"{path}.turn")
        lock.acquire(time.monotonic())
        yield
        lock.release()
        lock.close()
