"""The last comments of a site are those of its readers that can still be read."""

from moderation.accounts.moderators import ALL_SITES, AccessScope, Moderator
from moderation.comments import Status
from moderation.review.setting_outcome import RecentComment
from moderation.sites import Site
from moderation.storage.automatic.recent_comments import RecentComments
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.review.queue import ReviewQueue
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored, as_seen


def texts(comments: list[RecentComment]) -> list[str]:
    return [comment.text for comment in comments]


def test_the_newest_of_one_site_come_first(
    database: Database, clock: FakeClock, site: Site, sites: Sites
) -> None:
    sites.add(Site(0, "other", "Other", ("https://other.example",)))
    for text, name in (("one", "demo"), ("two", "demo"), ("elsewhere", "other"), ("three", "demo")):
        add_scored(database, clock, text=text, site=name)
    recent = RecentComments(database, ALL_SITES)

    assert texts(recent.of("demo", 2)) == ["three", "two"]
    assert [card.comment.text for card in recent.cards([1, 2])] == ["one", "two"]


def test_it_is_said_what_a_person_made_of_them(
    database: Database, clock: FakeClock, site: Site, queue: ReviewQueue, anna: Moderator
) -> None:
    add_scored(database, clock, text="waits")
    decided = add_scored(database, clock, text="decided")
    queue.decide(as_seen(decided), Status.REJECTED, moderator_id=anna.id)

    rows = [(row.text, row.decided) for row in RecentComments(database, ALL_SITES).of("demo", 9)]

    assert rows == [("decided", Status.REJECTED), ("waits", None)]


def test_nobody_tries_on_a_site_that_is_not_theirs(
    database: Database, clock: FakeClock, site: Site
) -> None:
    add_scored(database, clock)
    scope = AccessScope(frozenset({"other"}))

    assert RecentComments(database, scope).of("demo", 9) == []
