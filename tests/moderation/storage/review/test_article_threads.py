"""One article's comments in thread order."""

import pytest

from moderation.accounts.moderators import ALL_SITES
from moderation.comments import CommentNotFound
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.review.article_threads import Article, PageNotFound, Threads
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored


@pytest.fixture
def threads(database: Database) -> Threads:
    return Threads(database, ALL_SITES)


def test_replies_stand_under_what_they_answer_whatever_their_status(
    database: Database, clock: FakeClock, site: Site, threads: Threads
) -> None:
    first = add_scored(database, clock, GOOD, text="first", title="A bridge")
    second = add_scored(database, clock, text="second")
    reply = add_scored(database, clock, GOOD, text="reply", parent=first.id)
    deeper = add_scored(database, clock, text="deeper", parent=reply.id)
    add_scored(database, clock, page="/b")

    thread = threads.of_page(1, limit=10)

    assert [(card.comment, depth) for card, depth in thread.cards] == [
        *((first, 0), (reply, 1), (deeper, 2)),
        (second, 0),
    ]
    assert thread.article == Article(
        1, "demo", "/a", "https://paper.example/a", "A bridge", comments=4, approved=2
    )
    assert not thread.more


def test_parts_follow_each_other(
    database: Database, clock: FakeClock, site: Site, threads: Threads
) -> None:
    first, second, third = (add_scored(database, clock) for _ in range(3))

    part = threads.of_page(1, limit=2)
    rest = threads.of_page(1, limit=2, after=second.id)

    assert ([card.comment for card, _ in part.cards], part.more) == ([first, second], True)
    assert ([card.comment for card, _ in rest.cards], rest.more) == ([third], False)


def test_what_is_not_there_is_not_found(
    database: Database, clock: FakeClock, site: Site, threads: Threads
) -> None:
    elsewhere = add_scored(database, clock, page="/b")
    add_scored(database, clock)

    with pytest.raises(PageNotFound):
        threads.of_page(99, limit=2)
    for after in (elsewhere.id, "no-such"):
        with pytest.raises(CommentNotFound):
            threads.of_page(2, limit=2, after=after)
