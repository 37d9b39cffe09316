"""How many comments readers reported, wherever moderators look first."""

import pytest

from moderation.accounts.moderators import AccessScope
from moderation.notifications.wording import how_many_wait
from moderation.review.reports import Reason, Report
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.notifications.due_digests import DueDigests
from moderation.storage.review.reports import Reports
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.moderator_browser import Browser

ALL = AccessScope(sites=None)


@pytest.fixture
def reported(database: Database, clock: FakeClock, site: Site) -> None:
    comment = add_scored(database, clock, GOOD)
    for reader in ("one", "two"):
        Reports(database, clock).add(comment.id, site, Report(Reason.SPAM), reader)


@pytest.mark.usefixtures("reported")
def test_the_number_is_in_the_menu_the_queues_heading_and_the_title(anna: Browser) -> None:
    page = anna.page()

    assert 'Reports <span class="menu-number">1</span>' in page
    assert '<a href="/moderate/reports">1 reported</a></h1>' in page
    assert "<title>0 waiting, 1 reported · Parley</title>" in page
    assert 'Reports <span class="menu-number">1</span>' in anna.page("/moderate/comments")


def test_without_reports_there_is_no_number(anna: Browser, site: Site) -> None:
    page = anna.page()

    assert ">Reports</a>" in page
    assert "reported" not in page


@pytest.mark.usefixtures("reported")
def test_a_digest_is_due_for_reports_alone(database: Database, clock: FakeClock) -> None:
    (waiting,) = DueDigests(database, clock).waiting_by_site(ALL)

    assert (waiting.number, waiting.likely, waiting.oldest, waiting.reported) == (0, 0, None, 1)


@pytest.mark.parametrize(
    ("waiting", "reported", "words"),
    [
        (0, 0, "0 comments wait"),
        (1, 0, "1 comment waits"),
        (2, 1, "2 comments wait, 1 is reported"),
        (1_200, 2, "1,200 comments wait, 2 are reported"),
    ],
)
def test_numbers_are_said_in_the_singular_and_the_plural(
    waiting: int, reported: int, words: str
) -> None:
    assert how_many_wait(waiting, reported) == words
