"""What a threshold would have done with the last decisions of moderators."""

import pytest

from moderation.accounts.moderators import ALL_SITES, AccessScope, Moderator
from moderation.comments import Comment, Status
from moderation.review import rejection_outcome as rule
from moderation.review.rejection_outcome import RejectionOutcome
from moderation.review.search_filter import Filter
from moderation.sites import Site
from moderation.storage.automatic import rejection_previews as module
from moderation.storage.automatic.rejection_previews import RejectionPreviews
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.search.bulk_decisions import BulkDecisions
from moderation.storage.search.search import Search
from tests.support.clock import FakeClock
from tests.support.flagged_comments import DOUBTFUL, GOOD, SCORES, add_scored, as_seen, flagged_for


@pytest.fixture
def previews(database: Database) -> RejectionPreviews:
    return RejectionPreviews(database, ALL_SITES)


def toxic(database: Database, clock: FakeClock, toxicity: float, site: str = "demo") -> Comment:
    return add_scored(database, clock, DOUBTFUL, {**SCORES, "toxicity": toxicity}, site=site)


def test_each_standing_decision_of_a_moderator_counts_once(
    database: Database,
    clock: FakeClock,
    site: Site,
    queue: ReviewQueue,
    anna: Moderator,
    previews: RejectionPreviews,
) -> None:
    high, low, again = (toxic(database, clock, score) for score in (0.9, 0.3, 0.9))
    add_scored(database, clock, GOOD, {**SCORES, "toxicity": 0.99})  # the policy's own
    queue.decide(as_seen(high), Status.APPROVED, moderator_id=anna.id)
    queue.decide(as_seen(low), Status.APPROVED, moderator_id=anna.id)
    first = queue.decide(as_seen(again), Status.APPROVED, moderator_id=anna.id)
    queue.decide(as_seen(first), Status.REJECTED, moderator_id=anna.id)

    tried = previews.of("demo", "toxicity", 0.9)

    assert tried.preview == RejectionOutcome(decisions=3, rejected=2, approved=1, in_bulk=0)
    assert [card.comment.id for card in tried.errors] == [high.id]


def test_what_was_taken_back_does_not_count(
    database: Database,
    clock: FakeClock,
    site: Site,
    queue: ReviewQueue,
    anna: Moderator,
    previews: RejectionPreviews,
) -> None:
    decided = queue.decide(
        as_seen(toxic(database, clock, 0.9)), Status.REJECTED, moderator_id=anna.id
    )
    queue.decide(as_seen(decided), Status.FLAGGED, moderator_id=anna.id)
    add_scored(database, clock, GOOD, {**SCORES, "toxicity": 0.9})
    search = Search(database, clock, ALL_SITES)
    bulks = BulkDecisions(database, clock, ALL_SITES, search, lambda _seconds: None)
    approved = Filter(status=Status.APPROVED)
    upto = bulks.dry_run(approved, Status.REJECTED).upto
    bulk = bulks.decide(approved, Status.REJECTED, upto=upto or "", moderator_id=anna.id)
    in_bulk = previews.of("demo", "toxicity", 0.9).preview

    bulks.undo(bulk, moderator_id=anna.id)

    assert in_bulk == RejectionOutcome(decisions=1, rejected=1, approved=0, in_bulk=1)
    assert previews.of("demo", "toxicity", 0.9).preview == RejectionOutcome(0, 0, 0, 0)


def test_only_the_newest_decisions_of_the_site_count(
    database: Database,
    clock: FakeClock,
    site: Site,
    sites: Sites,
    queue: ReviewQueue,
    anna: Moderator,
    previews: RejectionPreviews,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LAST", 2)
    sites.add(Site(0, "post", "Post", ("https://post.example",)))
    for comment in (
        *(toxic(database, clock, 0.9) for _ in range(3)),
        toxic(database, clock, 0.9, "post"),
    ):
        queue.decide(as_seen(comment), Status.REJECTED, moderator_id=anna.id)

    assert previews.of("demo", "toxicity", 0.5).preview.decisions == 2
    assert previews.of("post", "toxicity", 0.5).preview.decisions == 1
    elsewhere = RejectionPreviews(database, AccessScope(frozenset({"post"})))
    assert elsewhere.of("demo", "toxicity", 0.5).preview.decisions == 0
    assert rule.LAST == 1_000


def test_what_has_no_score_is_not_rejected(
    database: Database,
    clock: FakeClock,
    site: Site,
    queue: ReviewQueue,
    anna: Moderator,
    previews: RejectionPreviews,
) -> None:
    comment = add_scored(database, clock, flagged_for("no_model"), None)
    queue.decide(as_seen(comment), Status.APPROVED, moderator_id=anna.id)

    preview = previews.of("demo", "toxicity", 0.01).preview

    assert (preview, preview.error) == (RejectionOutcome(1, 0, 0, 0), None)
