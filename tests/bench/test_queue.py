"""The bench of the queue measures what it says it does."""

import pytest

from bench.queue.filled import SITE, Size, fill
from bench.queue.results import Line
from bench.queue.words import Texts, word
from bench.results import Aim, Target
from moderation.accounts.moderators import ALL_SITES
from moderation.clock import utc_now
from moderation.review.search_filter import Filter
from moderation.storage.database.engine import Database
from moderation.storage.decisions.backlog import Backlog
from moderation.storage.review.queue_counts import WaitingCounts
from moderation.storage.search.search import Search

_SIZE = Size(comments=300, waiting=40)


def test_filled_database_holds_what_was_asked_for(database: Database) -> None:
    fill(database, _SIZE, lambda _line: None)

    search = Search(database, utc_now, ALL_SITES)
    hits = [hit for part in search.hits(Filter(site=SITE)) for hit in part]
    assert len(hits) == _SIZE.comments
    assert WaitingCounts(database).of(ALL_SITES).total == _SIZE.waiting
    assert Backlog(database, utc_now).oldest_pending() is None


def test_words_are_as_rare_as_their_rank() -> None:
    texts = Texts(1)

    words = [word for _ in range(2_000) for word in texts.next().split()]

    assert words.count(word(0)) > 5 * words.count(word(9)) > 5 * words.count(word(99)) > 0


@pytest.mark.parametrize(
    ("values", "reached"), [([50, 50], True), ([50, 51], False), ([51, 50], False)]
)
def test_a_target_is_reached_on_every_database(values: list[float], reached: bool) -> None:
    line = Line(
        "It", dict(zip(("sqlite", "postgresql"), values, strict=True)), Target(Aim.AT_MOST, 50)
    )

    assert line.reached is reached
