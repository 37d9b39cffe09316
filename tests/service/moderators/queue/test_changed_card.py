"""A comment that its author has changed: its card shows what it said before."""

from moderation.comments import Comment
from moderation.own_comments.edits import Edit
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.decisions.claims import DecidedComment, PendingComments
from moderation.storage.own_comments.edits import Edits
from tests.support.clock import FakeClock
from tests.support.flagged_comments import DOUBTFUL, SCORES
from tests.support.moderator_browser import Browser


def test_a_card_shows_what_its_author_has_changed(
    anna: Browser, database: Database, clock: FakeClock, flagged: Comment, site: Site
) -> None:
    Edits(database, clock).apply(flagged.id, site, Edit("Eve", "A text that is milder"))
    scoring = PendingComments(database, clock)
    claim = scoring.claim(1)
    scoring.settle(claim, [DecidedComment(claim.comments[0].id, DOUBTFUL, SCORES, "test-1")])

    page = anna.page()

    for shown in ("Changed by its author", flagged.text, "A text that is milder"):
        assert shown in page


def test_a_comment_that_was_not_changed_shows_nothing_of_it(
    anna: Browser, flagged: Comment
) -> None:
    assert "Changed by its author" not in anna.page()
