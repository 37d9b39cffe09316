"""From pending to decided: nothing lost, nothing decided twice, whoever dies on the way."""

import threading

import pytest
from sqlalchemy import func, select

from moderation.comments import Comment, Status
from moderation.policy import Decision, Reason
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.pages import Pages
from moderation.storage.database.engine import Database
from moderation.storage.decisions import claims
from moderation.storage.decisions.backlog import LEASE
from moderation.storage.decisions.claims import Claim, DecidedComment, PendingComments
from moderation.storage.schema.comments import comments as comments_table
from moderation.storage.schema.comments import scores
from moderation.storage.schema.decisions import decisions
from tests.support.clock import FakeClock
from tests.support.factories import submission

APPROVED = Decision(Status.APPROVED)
REJECTED = Decision(Status.REJECTED, (Reason("toxicity", 0.99, 0.9),))


def scored(claim: Claim, decision: Decision) -> list[DecidedComment]:
    return [
        DecidedComment(comment.id, decision, {"toxicity": 0.5}, "model-1")
        for comment in claim.comments
    ]


def test_claimed_comment_is_not_claimed_again_while_the_lease_lasts(
    scoring: PendingComments, pending: Comment
) -> None:
    first = scoring.claim(10)

    second = scoring.claim(10)

    assert [comment.text for comment in first.comments] == [pending.text]
    assert second.comments == ()


def test_claim_of_a_dead_worker_is_free_again_after_the_lease(
    scoring: PendingComments, pending: Comment, clock: FakeClock
) -> None:
    scoring.claim(10)
    clock.advance(LEASE.total_seconds() + 1)

    again = scoring.claim(10)

    assert [comment.attempts for comment in again.comments] == [2]


def test_settling_twice_keeps_the_first_decision(
    scoring: PendingComments, comments: Comments, pending: Comment
) -> None:
    claim = scoring.claim(10)

    settled = [scoring.settle(claim, scored(claim, decision)) for decision in (REJECTED, APPROVED)]

    assert settled == [1, 0]
    assert comments.get(pending.id).status is Status.REJECTED


def test_settling_with_a_lost_lease_changes_nothing(
    scoring: PendingComments, comments: Comments, pending: Comment, clock: FakeClock
) -> None:
    late = scoring.claim(10)
    clock.advance(LEASE.total_seconds() + 1)
    scoring.claim(10)

    settled = scoring.settle(late, scored(late, APPROVED))

    assert settled == 0
    assert comments.get(pending.id).status is Status.PENDING


def test_approval_writes_count_scores_and_decision_together(
    scoring: PendingComments, database: Database, site: Site, pending: Comment
) -> None:
    claim = scoring.claim(10)

    scoring.settle(claim, scored(claim, APPROVED))

    page = Pages(database).get(site, "/a")
    with database.read() as connection:
        decided = connection.execute(select(decisions.c.actor, decisions.c.to_status)).all()
        kept = connection.execute(select(scores.c.model, scores.c.toxicity)).all()
    assert (page.count, page.revision) == (1, 1)
    assert decided == [("policy", "approved")]
    assert kept == [("model-1", 0.5)]


def test_comment_that_was_tried_is_claimed_alone(
    scoring: PendingComments, comments: Comments, site: Site, clock: FakeClock
) -> None:
    for number in range(3):
        comments.add(site, submission(text=f"number {number}"), Submitter())
    scoring.claim(3)
    clock.advance(LEASE.total_seconds() + 1)

    retried = scoring.claim(3)

    assert [comment.text for comment in retried.comments] == ["number 0"]


def test_a_claim_of_long_texts_leaves_some_as_if_it_had_never_held_them(
    scoring: PendingComments,
    comments: Comments,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(claims, "MOST_CHARACTERS", 20)
    for number in range(3):
        comments.add(site, submission(text=f"{number:010}"), Submitter())

    first, second = scoring.claim(256), scoring.claim(256)

    assert [len(claim.comments) for claim in (first, second)] == [2, 1]
    assert [comment.attempts for comment in second.comments] == [1]
    assert [scoring.settle(claim, scored(claim, APPROVED)) for claim in (first, second)] == [2, 1]


def test_workers_at_once_decide_each_comment_once(
    database: Database, comments: Comments, site: Site, clock: FakeClock
) -> None:
    for number in range(200):
        comments.add(site, submission(text=f"number {number}"), Submitter())
    settled: list[int] = []

    def work() -> None:
        scoring = PendingComments(database, clock)
        while (claim := scoring.claim(7)).comments:
            settled.append(scoring.settle(claim, scored(claim, APPROVED)))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.read() as connection:
        pending = func.count().filter(comments_table.c.status != Status.APPROVED)
        left = connection.execute(select(pending)).scalar_one()
        decided = connection.execute(select(func.count()).select_from(decisions)).scalar_one()
    assert (sum(settled), left, decided) == (200, 0, 200)
    assert Pages(database).get(site, "/a").count == 200
