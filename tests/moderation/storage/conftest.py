"""Two moderators, and the queue that they share."""

import pytest

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.database.engine import Database
from moderation.storage.review.queue import ReviewQueue
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored


@pytest.fixture
def queue(database: Database, clock: FakeClock) -> ReviewQueue:
    return ReviewQueue(database, clock, ALL_SITES)


@pytest.fixture
def anna(database: Database, clock: FakeClock) -> Moderator:
    return Moderators(database, clock).add("Anna")


@pytest.fixture
def bea(database: Database, clock: FakeClock) -> Moderator:
    return Moderators(database, clock).add("Bea")


@pytest.fixture
def flagged(database: Database, clock: FakeClock, site: Site) -> Comment:
    return add_scored(database, clock)
