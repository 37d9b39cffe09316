"""Readers' reports and what comes of them."""

import pytest
from sqlalchemy import func, select

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment, CommentNotFound, DecisionConflict, Status
from moderation.review.reports import Reason, Report
from moderation.sites import Site
from moderation.storage.comments.pages import Pages
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import (
    ObservedComment,
    ObservedState,
    ReviewStatus,
)
from moderation.storage.review.reports import ReportedComments, Reports
from moderation.storage.schema.review import reports as table
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored


@pytest.fixture
def reports(database: Database, clock: FakeClock) -> Reports:
    return Reports(database, clock)


@pytest.fixture
def reported(database: Database, clock: FakeClock) -> ReportedComments:
    return ReportedComments(database, clock, ALL_SITES)


@pytest.fixture
def approved(database: Database, clock: FakeClock, site: Site) -> Comment:
    return add_scored(database, clock, GOOD)


def number_kept(database: Database) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_what_is_reported_most_comes_first_with_reasons_and_texts(
    database: Database,
    clock: FakeClock,
    site: Site,
    approved: Comment,
    reports: Reports,
    reported: ReportedComments,
) -> None:
    more = add_scored(database, clock, GOOD, text="worse")
    reports.add(approved.id, site, Report(Reason.SPAM), "reader 1")
    for reader, report in enumerate((Report(Reason.ABUSE, "My name!"), Report(Reason.ABUSE))):
        reports.add(more.id, site, report, f"reader {reader}")

    first, second = reported.open(10)

    assert (first.card.comment, first.number) == (more, 2)
    assert (first.reasons, first.texts) == ({Reason.ABUSE: 2}, ["My name!"])
    assert (second.card.comment, second.reasons) == (approved, {Reason.SPAM: 1})
    assert (reported.number(), reported.number("demo"), reported.number("post")) == (2, 2, 0)
    assert [complaint.card.comment for complaint in reported.open(10, "demo")] == [more, approved]


def test_a_reader_reports_a_comment_once(
    database: Database,
    site: Site,
    approved: Comment,
    reports: Reports,
    reported: ReportedComments,
) -> None:
    for reason in Reason:
        reports.add(approved.id, site, Report(reason), "reader")

    assert number_kept(database) == 1
    assert reported.open(10)[0].reasons == {Reason.SPAM: 1}


def test_only_what_the_site_published_can_be_reported(
    database: Database, clock: FakeClock, sites: Sites, site: Site, reports: Reports
) -> None:
    post = sites.add(Site(0, "post", "Post", ()))
    flagged, theirs = add_scored(database, clock), add_scored(database, clock, GOOD, site="post")

    for comment_id in (flagged.id, theirs.id, "no-such"):
        with pytest.raises(CommentNotFound):
            reports.add(comment_id, site, Report(Reason.SPAM), "reader")
    reports.add(theirs.id, post, Report(Reason.SPAM), "reader")
    assert number_kept(database) == 1


@pytest.mark.parametrize(("status", "public"), [(Status.APPROVED, 1), (Status.REJECTED, 0)])
def test_a_decision_closes_its_reports(
    database: Database,
    site: Site,
    approved: Comment,
    reports: Reports,
    reported: ReportedComments,
    anna: Moderator,
    status: ReviewStatus,
    public: int,
) -> None:
    reports.add(approved.id, site, Report(Reason.SPAM), "reader")

    comment = reported.decide(
        ObservedComment(approved.id, ObservedState(Status.APPROVED, 2)),
        status,
        moderator_id=anna.id,
    )

    assert (comment.status, reported.open(10), reported.number()) == (status, [], 0)
    assert Pages(database).counts(site, ["/a"]) == {"/a": public}
    with database.read() as connection:
        row = connection.execute(select(table.c.closed_by, table.c.closed_at)).one()
    assert row.closed_by == anna.id


def test_what_changed_meanwhile_is_not_decided(
    site: Site,
    approved: Comment,
    reports: Reports,
    reported: ReportedComments,
    anna: Moderator,
) -> None:
    reports.add(approved.id, site, Report(Reason.SPAM), "reader")

    for status in (Status.APPROVED, Status.REJECTED):
        with pytest.raises(DecisionConflict):
            reported.decide(
                ObservedComment(approved.id, ObservedState(Status.APPROVED, 1)),
                status,
                moderator_id=anna.id,
            )

    assert reported.number() == 1
