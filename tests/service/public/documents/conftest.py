"""Published comments of one page."""

from collections.abc import Callable

import pytest

from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.database.engine import Database
from tests.support.clock import FakeClock
from tests.support.factories import CommentFields
from tests.support.flagged_comments import GOOD, add_scored

Say = Callable[..., Comment]


@pytest.fixture
def say(database: Database, clock: FakeClock, site: Site) -> Say:
    """Publishes a comment a second later, with these fields."""

    def say(text: str, parent: Comment | None = None, **fields: str) -> Comment:
        clock.advance(1)
        sent: CommentFields = {"text": text}
        sent.update(fields)  # type: ignore[typeddict-item]
        if parent is not None:
            sent["parent"] = parent.id
        return add_scored(database, clock, GOOD, **sent)

    return say
