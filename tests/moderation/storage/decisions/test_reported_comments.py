"""Enough reports by different readers hold a published comment until somebody decides."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.choices.safeguards import Safeguards
from moderation.comments import Comment, CommentNotFound, Status
from moderation.review.reports import Reason, Report
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.pages import Pages
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ObservedComment, ObservedState
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.reports import ReportedComments, Reports
from moderation.storage.schema.comments import comments as table
from tests.support.clock import FakeClock
from tests.support.concurrency import together
from tests.support.flagged_comments import GOOD, add_scored

SPAM = Report(Reason.SPAM)


@pytest.fixture
def holding(site: Site) -> Site:
    return replace(site, safeguards=Safeguards(hold_reports=3))


@pytest.fixture
def reports(database: Database, clock: FakeClock) -> Reports:
    return Reports(database, clock)


@pytest.fixture
def approved(database: Database, clock: FakeClock, site: Site) -> Comment:
    return add_scored(database, clock, GOOD)


def status(comments: Comments, comment: Comment) -> str:
    return comments.get(comment.id).status


def test_comment_waits_from_the_sites_number_of_addresses(
    database: Database,
    clock: FakeClock,
    comments: Comments,
    holding: Site,
    approved: Comment,
    reports: Reports,
) -> None:
    for reader in ("a", "b", "a", "b"):
        reports.add(approved.id, holding, SPAM, reader)
    before = status(comments, approved)
    reports.add(approved.id, holding, SPAM, "c")

    (card,) = ReviewQueue(database, clock, ALL_SITES).first(9)
    assert (before, status(comments, approved)) == ("approved", "flagged")
    assert card.reasons[-1].rule == "reported"
    assert Pages(database).get(holding, "/a").count == 0
    with pytest.raises(CommentNotFound):
        reports.add(approved.id, holding, SPAM, "d")


def test_site_without_a_number_holds_nothing(
    comments: Comments, site: Site, approved: Comment, reports: Reports
) -> None:
    for reader in range(20):
        reports.add(approved.id, site, SPAM, str(reader))

    assert status(comments, approved) == "approved"


def test_what_a_moderator_lets_stand_needs_as_many_new_reports(
    database: Database,
    clock: FakeClock,
    comments: Comments,
    holding: Site,
    approved: Comment,
    reports: Reports,
    anna: Moderator,
) -> None:
    for reader in ("a", "b", "c"):
        reports.add(approved.id, holding, SPAM, reader)
    held = comments.get(approved.id)
    observed = ObservedComment(held.id, ObservedState(held.status, held.version))
    queue = ReviewQueue(database, clock, ALL_SITES)
    queue.decide(observed, Status.APPROVED, moderator_id=anna.id)
    open_reports = ReportedComments(database, clock, ALL_SITES).number()

    for reader in ("a", "b", "c", "d", "e"):
        reports.add(approved.id, holding, SPAM, reader)

    assert (open_reports, status(comments, approved)) == (0, "approved")
    reports.add(approved.id, holding, SPAM, "f")
    assert status(comments, approved) == "flagged"


def test_what_the_sites_own_people_wrote_stays(
    database: Database,
    comments: Comments,
    holding: Site,
    approved: Comment,
    reports: Reports,
    anna: Moderator,
) -> None:
    with database.write() as connection:
        connection.execute(table.update().values(staff_id=anna.id))

    for reader in range(9):
        reports.add(approved.id, holding, SPAM, str(reader))

    assert status(comments, approved) == "approved"


def test_reports_at_one_moment_hold_it_once(
    database: Database, comments: Comments, holding: Site, approved: Comment, reports: Reports
) -> None:
    together(
        *[
            lambda reader=reader: reports.add(approved.id, holding, SPAM, reader)
            for reader in ("a", "b", "c")
        ]
    )

    with database.read() as connection:
        version = connection.execute(select(table.c.version)).scalar_one()
    assert (status(comments, approved), version) == ("flagged", 3)
