"""Writes that share a transaction, and do not share each other's failures."""

from functools import partial

import pytest

from moderation.comments import Comment, InvalidComment
from moderation.sites import Site
from moderation.storage.comments.comments import Comments, Submitter
from moderation.storage.comments.pages import Pages
from moderation.storage.database.engine import Database, DatabaseUnavailable, open_database
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
