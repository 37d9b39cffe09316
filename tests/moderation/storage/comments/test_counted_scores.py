"""Which score of a comment search, charts and the queue's order count by."""

import pytest
from sqlalchemy import select

from moderation.accounts.moderators import ALL_SITES
from moderation.name_policy import PHRASE_FLAG
from moderation.policy import ATTRIBUTES
from moderation.review.search_filter import Filter
from moderation.sites import Site
from moderation.storage.comments.counted_scores import counted_score
from moderation.storage.database.engine import Database
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.queue_orders import QueueOrder
from moderation.storage.review.score_histogram import ScoreHistogram
from moderation.storage.schema.comments import scores
from moderation.storage.search.search import Search
from tests.support.clock import FakeClock
from tests.support.flagged_comments import DOUBTFUL, add_scored


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_the_higher_score_counts_where_the_name_could_flag(
    database: Database, clock: FakeClock, site: Site, attribute: str
) -> None:
    limit = PHRASE_FLAG.get(attribute)
    for of_text, of_name in ((0.1, 0.9), (0.95, 0.9), (0.1, 0.2)):
        text, name = ({**dict.fromkeys(ATTRIBUTES, 0.0), attribute: n} for n in (of_text, of_name))
        add_scored(database, clock, DOUBTFUL, text, name_scores=name)

    with database.read() as connection:
        query = select(counted_score(attribute)).order_by(scores.c.comment_id)
        counted = list(connection.execute(query).scalars())

    assert counted == ([0.1, 0.95, 0.1] if limit is None else [0.9, 0.95, 0.1])


def test_who_approves_what_scores_little_does_not_approve_a_harmful_name(
    database: Database, clock: FakeClock, site: Site
) -> None:
    low, high = dict.fromkeys(ATTRIBUTES, 0.01), dict.fromkeys(ATTRIBUTES, 0.99)
    harmless = add_scored(database, clock, DOUBTFUL, low, name_scores=low)
    named = add_scored(database, clock, DOUBTFUL, low, name_scores=high)
    search, chart = Search(database, clock, ALL_SITES), ScoreHistogram(database, ALL_SITES)

    filters = [Filter(attribute="toxicity", low=at, high=at + 0.1) for at in (0.0, 0.9)]
    results = [search.newest(search_filter, limit=9).cards for search_filter in filters]

    ids = [[card.comment.id for card in cards] for cards in results]
    assert ids == [[harmless.id], [named.id]]
    assert chart.waiting("toxicity").between(0, 10) == 1
    queue = ReviewQueue(database, clock, ALL_SITES).first(9, QueueOrder.SCORE)
    assert [card.comment.id for card in queue] == [named.id, harmless.id]
