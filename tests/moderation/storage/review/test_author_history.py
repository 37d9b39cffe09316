"""An author's history on a site, and sanctions."""

from datetime import timedelta

import pytest

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment, CommentNotFound, Status
from moderation.policy import Decision
from moderation.sanctions import Sanction, SanctionKind, SanctionNotFound
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.backlog import LEASE
from moderation.storage.decisions.claims import PendingComments
from moderation.storage.review.author_history import AuthorHistory, AuthorKey
from moderation.storage.review.sanctions import Sanctions
from tests.support.clock import START, FakeClock
from tests.support.factories import submission
from tests.support.flagged_comments import GOOD, add_scored

BAD = Decision(Status.REJECTED)
HERE, THERE = Submitter("a" * 32), Submitter("b" * 32)
UNTIL = START + timedelta(days=1)


@pytest.fixture
def authors(database: Database) -> AuthorHistory:
    return AuthorHistory(database, ALL_SITES)


@pytest.fixture
def sanctions(database: Database, clock: FakeClock) -> Sanctions:
    return Sanctions(database, clock, ALL_SITES)


@pytest.fixture
def four_comments(database: Database, clock: FakeClock, sites: Sites, site: Site) -> list[Comment]:
    """Of one address under two names, of another address, and of another site."""
    sites.add(Site(0, "post", "Post", ("https://post.example",)))
    comments = []
    for decision, sender, name, where in (
        (GOOD, HERE, "Cy", "demo"),
        (BAD, HERE, "Dee", "demo"),
        (BAD, THERE, "Cy", "demo"),
        (BAD, HERE, "Cy", "post"),
    ):
        comments.append(add_scored(database, clock, decision, sender=sender, name=name, site=where))
        clock.advance(60)
    return comments


def test_a_history_is_of_one_address_on_one_site(
    authors: AuthorHistory, four_comments: list[Comment]
) -> None:
    author = authors.of(four_comments[0].id)

    assert authors.comments(author, limit=10) == [four_comments[1], four_comments[0]]
    assert author.key is AuthorKey.ADDRESS
    assert author.counts == {
        **dict.fromkeys(Status, 0),
        Status.APPROVED: 1,
        Status.REJECTED: 1,
    }
    assert author.rejection_rate == 0.5
    assert author.seen_at == four_comments[1].submitted_at


def test_a_history_is_of_one_name_where_asked(
    authors: AuthorHistory, four_comments: list[Comment]
) -> None:
    author = authors.of(four_comments[0].id, AuthorKey.NAME)

    assert authors.comments(author, limit=10) == [four_comments[2], four_comments[0]]
    assert author.has_address


def test_without_an_address_the_name_is_all_there_is(
    authors: AuthorHistory, flagged: Comment
) -> None:
    author = authors.of(flagged.id, AuthorKey.ADDRESS)

    assert (author.key, author.has_address) == (AuthorKey.NAME, False)
    assert author.rejection_rate is None
    assert authors.comments(author, limit=10) == [flagged]


def test_a_history_goes_back_page_by_page(
    authors: AuthorHistory, four_comments: list[Comment]
) -> None:
    author = authors.of(four_comments[0].id)

    assert authors.comments(author, limit=1) == [four_comments[1]]
    assert authors.comments(author, limit=1, after=four_comments[1].id) == [four_comments[0]]
    assert authors.comments(author, limit=1, after=four_comments[0].id) == []
    for ask in (authors.of, lambda comment_id: authors.comments(author, limit=1, after=comment_id)):
        with pytest.raises(CommentNotFound):
            ask("no-such-comment")


def test_a_sanction_is_kept_with_who_and_why(
    sanctions: Sanctions,
    four_comments: list[Comment],
    clock: FakeClock,
    anna: Moderator,
    bea: Moderator,
) -> None:
    clock.now = START
    sanctions.impose(
        four_comments[0].id, SanctionKind.BAN, UNTIL, moderator_id=anna.id, reason="spam"
    )
    assert sanctions.of_author(four_comments[1].id) == [
        Sanction(1, SanctionKind.BAN, UNTIL, "Anna", "spam", START, None)
    ]
    assert (
        sanctions.of_author(four_comments[2].id) == sanctions.of_author(four_comments[3].id) == []
    )

    sanctions.lift(four_comments[1].id, 1, moderator_id=bea.id)

    assert [sanction.lifted_by for sanction in sanctions.of_author(four_comments[0].id)] == ["Bea"]
    with pytest.raises(SanctionNotFound):
        sanctions.lift(four_comments[1].id, 1, moderator_id=bea.id)


def test_a_sanction_is_lifted_by_its_own_authors_comments_only(
    sanctions: Sanctions, four_comments: list[Comment], anna: Moderator
) -> None:
    sanctions.impose(
        four_comments[0].id, SanctionKind.BAN, UNTIL, moderator_id=anna.id, reason="spam"
    )

    with pytest.raises(SanctionNotFound):
        sanctions.lift(four_comments[2].id, 1, moderator_id=anna.id)


def test_nobody_is_sanctioned_by_a_name(
    sanctions: Sanctions, flagged: Comment, anna: Moderator
) -> None:
    with pytest.raises(SanctionNotFound):
        sanctions.impose(flagged.id, SanctionKind.BAN, UNTIL, moderator_id=anna.id, reason="spam")


def test_a_claim_knows_the_strictest_sanction_in_force(
    comments: Comments,
    scoring: PendingComments,
    sanctions: Sanctions,
    four_comments: list[Comment],
    site: Site,
    anna: Moderator,
    clock: FakeClock,
) -> None:
    clock.now = START
    for kind, until in (
        (SanctionKind.BAN, UNTIL),
        (SanctionKind.ALWAYS_FLAG, UNTIL + timedelta(days=1)),
    ):
        sanctions.impose(four_comments[0].id, kind, until, moderator_id=anna.id, reason="spam")
    for sender in (HERE, THERE, Submitter()):
        comments.add(site, submission(), sender)

    def claimed() -> list[SanctionKind | None]:
        batches = [scoring.claim(64).comments for _ in range(3)]
        return [comment.sanction for batch in batches for comment in batch]

    banned = claimed()
    clock.now = UNTIL
    flagged = claimed()
    clock.advance(LEASE.total_seconds() + 1)
    sanctions.lift(four_comments[0].id, 2, moderator_id=anna.id)

    assert banned == [SanctionKind.BAN, None, None]
    assert flagged == [SanctionKind.ALWAYS_FLAG, None, None]
    assert claimed() == [None, None, None]
