"""A moderator in front of the queue."""

import pytest
from flask import Flask

from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.database.engine import Database
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored
from tests.support.moderator_browser import Browser, signed_in


@pytest.fixture
def moderators(database: Database, clock: FakeClock) -> Moderators:
    return Moderators(database, clock)


@pytest.fixture
def anna(app: Flask, moderators: Moderators) -> Browser:
    return signed_in(app, moderators, "Anna")


@pytest.fixture
def bea(app: Flask, moderators: Moderators) -> Browser:
    return signed_in(app, moderators, "Bea")


@pytest.fixture
def flagged(database: Database, clock: FakeClock, site: Site) -> Comment:
    return add_scored(database, clock, text="You are all fools.")
