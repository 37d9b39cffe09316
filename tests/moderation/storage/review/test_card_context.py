"""What is known around a card."""

import pytest

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment, CommentNotFound, Status
from moderation.policy import Decision
from moderation.review.notes import Note
from moderation.sites import Site
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.review.card_context import AuthorRecord, CardContext, CardContexts
from moderation.storage.review.holds import HOLD, Holds
from moderation.storage.review.notes import Notes
from moderation.storage.review.queue_orders import QueueOrder
from tests.support.clock import START, FakeClock
from tests.support.flagged_comments import GOOD, add_scored

BAD = Decision(Status.REJECTED)
HERE, THERE = Submitter("a" * 32), Submitter("b" * 32)
SPAM = "Earn 500 dollars a week from home."


@pytest.fixture
def backgrounds(database: Database, clock: FakeClock) -> CardContexts:
    return CardContexts(database, clock, ALL_SITES)


def test_around_a_comment_like_no_other_there_is_nothing(
    backgrounds: CardContexts, flagged: Comment, anna: Moderator
) -> None:
    contexts = backgrounds.of([flagged.id], moderator_id=anna.id)

    assert contexts == {flagged.id: CardContext(None, AuthorRecord(0, 0), 0, None, (), ())}
    assert contexts[flagged.id].new


def test_an_author_is_known_by_address_and_apart_from_it_by_name(
    database: Database,
    clock: FakeClock,
    sites: Sites,
    site: Site,
    backgrounds: CardContexts,
    anna: Moderator,
) -> None:
    sites.add(Site(0, "post", "Post", ("https://post.example",)))
    for decision, sender, name, where in (
        (GOOD, HERE, "Cy", "demo"),
        (GOOD, HERE, "Dee", "demo"),
        (BAD, HERE, "Dee", "demo"),
        (BAD, THERE, "Cy", "demo"),
        (BAD, HERE, "Cy", "post"),
    ):
        add_scored(database, clock, decision, sender=sender, name=name, site=where)
    comment = add_scored(database, clock, sender=HERE, name="Cy")

    context = backgrounds.of([comment.id], moderator_id=anna.id)[comment.id]

    assert (context.by_address, context.by_name) == (AuthorRecord(2, 1), AuthorRecord(1, 1))
    assert not context.new


def test_near_duplicates_are_counted_for_a_day(
    database: Database, clock: FakeClock, site: Site, backgrounds: CardContexts, anna: Moderator
) -> None:
    add_scored(database, clock, GOOD, text=SPAM.upper())
    clock.advance(3600)
    add_scored(database, clock, BAD, text=SPAM.replace("500", "700"))
    comment = add_scored(database, clock, text=SPAM)
    add_scored(database, clock, text="Something else, and long enough to compare.")

    first = backgrounds.of([comment.id], moderator_id=anna.id)[comment.id].similar
    clock.advance(23 * 3600)
    later = backgrounds.of([comment.id], moderator_id=anna.id)[comment.id].similar

    assert (first, later) == (2, 1)


def test_notes_are_shown_with_who_wrote_them_when(
    database: Database,
    clock: FakeClock,
    flagged: Comment,
    backgrounds: CardContexts,
    anna: Moderator,
    bea: Moderator,
) -> None:
    notes = Notes(database, clock, ALL_SITES)
    notes.add(flagged.id, "Ask Bea.", moderator_id=anna.id)
    notes.add(flagged.id, "Looks fine.", moderator_id=bea.id)

    context = backgrounds.of([flagged.id], moderator_id=anna.id)[flagged.id]

    assert context.notes == (Note("Anna", "Ask Bea.", START), Note("Bea", "Looks fine.", START))
    with pytest.raises(CommentNotFound):
        notes.add("no-such-comment", "Hm.", moderator_id=anna.id)


def test_others_see_who_holds_and_everyone_who_skipped(
    database: Database,
    clock: FakeClock,
    flagged: Comment,
    backgrounds: CardContexts,
    anna: Moderator,
    bea: Moderator,
) -> None:
    holds = Holds(database, clock, ALL_SITES)
    holds.take(bea.id, QueueOrder.OLDEST)
    for who in (anna, bea, anna):
        holds.skip(flagged.id, who.id)

    seen = [
        backgrounds.of([flagged.id], moderator_id=moderator.id)[flagged.id]
        for moderator in (anna, bea)
    ]
    clock.advance(HOLD.total_seconds())
    later = backgrounds.of([flagged.id], moderator_id=anna.id)[flagged.id]

    assert [context.held_by for context in (*seen, later)] == ["Bea", None, None]
    assert later.skipped_by == ("Anna", "Bea")
