"""What waits by score, and how people decided what had such scores."""

import pytest

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Status
from moderation.review.error_estimate import PastDecisions
from moderation.review.search_filter import Filter
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ObservedComment, ObservedState
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.score_histogram import ScoreHistogram
from moderation.storage.search.bulk_decisions import BulkDecisions
from moderation.storage.search.search import Search
from tests.support.clock import FakeClock
from tests.support.flagged_comments import DOUBTFUL, GOOD, SCORES, add_scored


@pytest.fixture
def chart(database: Database) -> ScoreHistogram:
    return ScoreHistogram(database, ALL_SITES)


def add(database: Database, clock: FakeClock, toxicity: float, site: str = "demo") -> str:
    scores = {**SCORES, "toxicity": toxicity}
    return add_scored(database, clock, DOUBTFUL, scores, site=site).id


def test_each_hundredth_has_its_number(
    database: Database, clock: FakeClock, sites: Sites, site: Site, chart: ScoreHistogram
) -> None:
    sites.add(Site(0, "post", "Post", ()))
    for toxicity in (0.0, 0.009, 0.5, 0.509, 1.0):
        add(database, clock, toxicity)
    add(database, clock, 0.5, "post")
    add_scored(database, clock, DOUBTFUL, None)
    add_scored(database, clock, GOOD)

    waiting = chart.waiting("toxicity")

    assert {at: number for at, number in enumerate(waiting.columns) if number} == {
        0: 2,
        50: 3,
        99: 1,
    }
    assert [waiting.between(*ends) for ends in ((0, 99), (1, 98), (50, 50))] == [6, 3, 3]
    assert sum(chart.waiting("toxicity", "post").columns) == 1
    assert sum(chart.waiting("toxicity", "no-such").columns) == 0


def test_people_are_counted_by_what_they_decided_last_and_bulks_are_not(
    database: Database, clock: FakeClock, site: Site, chart: ScoreHistogram, anna: Moderator
) -> None:
    changes, basis = ReviewQueue(database, clock, ALL_SITES), ObservedState(Status.FLAGGED, 2)
    low, high, twice, back, _waits = (
        add(database, clock, toxicity) for toxicity in (0.4, 0.6, 0.5, 0.5, 0.5)
    )
    changes.decide(ObservedComment(low, basis), Status.APPROVED, moderator_id=anna.id)
    changes.decide(ObservedComment(high, basis), Status.REJECTED, moderator_id=anna.id)
    changes.decide(ObservedComment(twice, basis), Status.REJECTED, moderator_id=anna.id)
    changes.decide(
        ObservedComment(twice, ObservedState(Status.REJECTED, 3)),
        Status.APPROVED,
        moderator_id=anna.id,
    )
    changes.decide(ObservedComment(back, basis), Status.REJECTED, moderator_id=anna.id)
    changes.decide(
        ObservedComment(back, ObservedState(Status.REJECTED, 3)),
        Status.FLAGGED,
        moderator_id=anna.id,
    )
    bulks, waits = (
        BulkDecisions(database, clock, ALL_SITES, Search(database, clock, ALL_SITES)),
        Filter(status=Status.FLAGGED),
    )
    upto = bulks.dry_run(waits, Status.REJECTED).upto or ""
    bulks.decide(waits, Status.REJECTED, upto=upto, moderator_id=anna.id)

    assert chart.past("toxicity", 0.4, 0.6, None) == PastDecisions(approved=2, rejected=1)
    assert chart.past("toxicity", 0.41, 0.59, "demo") == PastDecisions(approved=1, rejected=0)
    assert chart.past("toxicity", 0.0, 1.0, "no-such") == PastDecisions(approved=0, rejected=0)
