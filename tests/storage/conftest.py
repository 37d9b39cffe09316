"""Two moderators, and the queue that they share."""

import pytest

from moderation.comments import Comment
from moderation.moderators import EVERYTHING, Moderator
from moderation.sites import Site
from moderation.storage.engine import Database
from moderation.storage.moderators import Moderators
from moderation.storage.queue import ReviewQueue
from tests.conftest import FakeClock
from tests.flagged import add_scored


@pytest.fixture
def queue(database: Database, clock: FakeClock) -> ReviewQueue:
    return ReviewQueue(database, clock, EVERYTHING)


@pytest.fixture
def anna(database: Database, clock: FakeClock) -> Moderator:
    return Moderators(database, clock).add("Anna")


@pytest.fixture
def bea(database: Database, clock: FakeClock) -> Moderator:
    return Moderators(database, clock).add("Bea")


@pytest.fixture
def flagged(database: Database, clock: FakeClock, site: Site) -> Comment:
    return add_scored(database, clock)
