"""What the policy settled without a person: three lists, by site, each read along an index."""

import pytest
from sqlalchemy import event

from moderation.accounts.moderators import ALL_SITES, AccessScope, Moderator
from moderation.comments import CommentNotFound, Status
from moderation.policy import Decision, Reason
from moderation.sites import Site
from moderation.storage.automatic.automatic_decisions import AutomaticDecisions, AutomaticList
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.review.audit_samples import AuditSamples
from moderation.storage.review.queue import ReviewQueue
from tests.support.clock import FakeClock
from tests.support.factories import settle
from tests.support.flagged_comments import GOOD, add_scored, as_seen

BAD = Decision(Status.REJECTED, (Reason("spam", 0.99, 0.9),))


@pytest.fixture
def automatic(database: Database) -> AutomaticDecisions:
    return AutomaticDecisions(database, ALL_SITES)


def ids(automatic: AutomaticDecisions, which: AutomaticList, **asked: str | None) -> list[str]:
    settled = automatic.newest(which, limit=9, **asked)
    return [decision.card.comment.id for decision in settled]


def test_each_list_has_its_own_the_newest_first(
    database: Database, clock: FakeClock, site: Site, automatic: AutomaticDecisions
) -> None:
    first, second = add_scored(database, clock, GOOD), add_scored(database, clock, GOOD)
    bad = add_scored(database, clock, BAD)
    add_scored(database, clock)  # it waits

    assert ids(automatic, AutomaticList.APPROVED) == [second.id, first.id]
    assert ids(automatic, AutomaticList.APPROVED, after=second.id) == [first.id]
    assert ids(automatic, AutomaticList.REJECTED) == [bad.id]
    assert ids(automatic, AutomaticList.SAMPLED) == []


def test_what_was_decided_otherwise_since_says_what_the_policy_had_decided(
    database: Database,
    clock: FakeClock,
    site: Site,
    queue: ReviewQueue,
    anna: Moderator,
    automatic: AutomaticDecisions,
) -> None:
    bad = add_scored(database, clock, BAD)
    queue.decide(as_seen(bad), Status.APPROVED, moderator_id=anna.id)

    (settled,) = automatic.newest(AutomaticList.REJECTED, limit=9)

    assert settled.card.comment.status is Status.APPROVED
    assert (settled.status, settled.reasons) == (Status.REJECTED, BAD.reasons)


def test_only_what_a_moderator_reviewed_is_shown_of_the_sample(
    database: Database, clock: FakeClock, site: Site, anna: Moderator, automatic: AutomaticDecisions
) -> None:
    reviewed, _unseen = settle(database, clock, site, GOOD, GOOD)
    samples = AuditSamples(database, clock, ALL_SITES)
    samples.review(reviewed.id, Status.REJECTED, moderator_id=anna.id)

    (settled,) = automatic.newest(AutomaticList.SAMPLED, limit=9)

    assert settled.card.comment.id == reviewed.id
    assert (settled.status, settled.reviewed_as) == (Status.APPROVED, Status.REJECTED)


@pytest.mark.parametrize("which", [AutomaticList.APPROVED, AutomaticList.REJECTED])
def test_each_list_is_of_one_site_where_asked_and_never_out_of_scope(
    database: Database,
    clock: FakeClock,
    site: Site,
    sites: Sites,
    automatic: AutomaticDecisions,
    which: AutomaticList,
) -> None:
    sites.add(Site(0, "post", "Post", ("https://post.example",)))
    decision = Decision(Status(which))
    ours, theirs = (add_scored(database, clock, decision, site=name) for name in ("demo", "post"))
    demo_only = AutomaticDecisions(database, AccessScope(frozenset({"demo"})))

    assert ids(automatic, which, site="post") == [theirs.id]
    assert ids(demo_only, which) == [ours.id]
    assert ids(demo_only, which, site="post") == []
    with pytest.raises(CommentNotFound):
        ids(demo_only, which, after=theirs.id)


@pytest.mark.parametrize("which", [AutomaticList.APPROVED, AutomaticList.REJECTED])
@pytest.mark.parametrize("of", [None, "demo"])
def test_each_list_is_read_along_an_index(
    database: Database,
    clock: FakeClock,
    site: Site,
    automatic: AutomaticDecisions,
    which: AutomaticList,
    of: str | None,
) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by the rows it has, and here it has none")
    comment = add_scored(database, clock, Decision(Status(which)))
    statements: list[tuple[str, tuple[object, ...]]] = []
    event.listen(database.engine, "before_cursor_execute", lambda *a: statements.append(a[2:4]))

    automatic.newest(which, limit=20, site=of, after=comment.id)

    with database.read() as connection:
        query, values = statements[1]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values)
        steps = [row.detail for row in plan]
    index = "ix_comments_automatic" if of is None else "ix_comments_site_automatic"
    assert any(f"INDEX {index} (" in step for step in steps)
    assert any("automatic_status=? AND id<?" in step for step in steps)
    assert not any("TEMP B-TREE" in step for step in steps)
