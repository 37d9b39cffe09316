"""Pinned comments stand first on their page, in every order, once, whatever moderators do."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from moderation.accounts.moderators import ALL_SITES, AccessScope, Moderator, NotAllowed
from moderation.comments import Comment, CommentNotFound, Status
from moderation.pages.reading_place import PinRefused
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.moved_pages import MovedPages
from moderation.storage.comments.pages import Pages
from moderation.storage.database.engine import Database
from moderation.storage.decisions.erasures import Erasures
from moderation.storage.decisions.pins import Pins
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.system.audit_log import AuditLog
from moderation.storage.threads.page_comments import Order, PageComments
from moderation.storage.threads.page_threads import PageThreads
from moderation.storage.threads.thread_parts import ThreadPart, ThreadQuestion
from moderation.storage.threads.thread_places import ThreadOrder
from tests.support.clock import FakeClock
from tests.support.concurrency import together
from tests.support.flagged_comments import GOOD, add_scored, as_seen


class Board:
    """A page with comments a, b, c … and what a moderator pins there."""

    def __init__(self, database: Database, clock: FakeClock, moderator: Moderator) -> None:
        self.database, self.clock, self.moderator = database, clock, moderator
        self.pins = Pins(database, clock, ALL_SITES)
        self.by_text: dict[str, Comment] = {}

    def write(self, texts: str) -> None:
        for text in texts:
            self.clock.advance(1)
            self.by_text[text] = add_scored(self.database, self.clock, GOOD, text=text)

    def pin(self, texts: str) -> None:
        for text in texts:
            self.clock.advance(1)
            self.pins.pin(self.by_text[text].id, moderator_id=self.moderator.id)

    def unpin(self, text: str) -> None:
        self.pins.unpin(self.by_text[text].id, moderator_id=self.moderator.id)

    def part(self, order: str, limit: int, **place: str | None) -> tuple[str, ThreadPart]:
        page = Pages(self.database).get(Site(1, "demo", "Demo", ()), "/a")
        question = ThreadQuestion(ThreadOrder(order), limit, 20, **place)
        part = PageThreads(self.database).part(page, question)
        return "".join(thread.comments[0].text for thread in part.threads), part

    def all_threads(self, order: str, limit: int, between: Callable[[], object] = int) -> str:
        texts, part = self.part(order, limit)
        between()
        while part.next:
            more, part = self.part(order, limit, after=part.next)
            texts += more
        return texts

    def all_comments(self, order: str, limit: int, between: Callable[[], object] = int) -> str:
        page = Pages(self.database).get(Site(1, "demo", "Demo", ()), "/a")
        listed, after, texts = PageComments(self.database), None, ""
        while True:
            part = listed.approved(page, after=after, limit=limit, order=Order(order))
            texts += "".join(comment.text for comment in part.comments)
            if part.next is None:
                return texts
            if after is None:
                between()
            after = part.next


@pytest.fixture
def board(database: Database, clock: FakeClock, site: Site) -> Board:
    return Board(database, clock, Moderators(database, clock).add("Anna"))


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 6, 7])
@pytest.mark.parametrize(
    ("order", "texts"), [("oldest", "dbacef"), ("newest", "dbfeca"), ("replies", "dbfeca")]
)
def test_what_was_pinned_last_comes_first_and_only_there(
    board: Board, order: str, texts: str, limit: int
) -> None:
    board.write("abcdef")
    board.pin("bd")

    assert board.all_threads(order, limit) == texts
    if order != "replies":
        assert board.all_comments(order, limit) == texts


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_nothing_is_lost_or_doubled_while_others_pin(board: Board, limit: int) -> None:
    board.write("abcdef")
    board.pin("be")

    def repin() -> None:
        board.unpin("b")
        board.pin("df")

    assert sorted(board.all_threads("oldest", limit, repin)) == list("abcdef")
    board.unpin("f")
    board.unpin("d")
    board.pin("b")
    assert sorted(board.all_comments("newest", limit, repin)) == list("abcdef")


@pytest.mark.parametrize("order", ["oldest", "newest", "replies"])
def test_above_a_link_is_all_the_rest_and_first_what_is_pinned(board: Board, order: str) -> None:
    board.write("abcdef")
    board.pin("be")
    texts, part = board.part(order, 1, at=board.by_text["d"].id)
    below = above = part
    while below.next:
        more, below = board.part(order, 1, after=below.next)
        texts += more
    while above.previous:
        more, above = board.part(order, 1, before=above.previous)
        texts = more + texts

    assert texts == board.all_threads(order, 9)


def test_a_link_to_what_is_pinned_begins_with_it(board: Board) -> None:
    board.write("abcd")
    board.pin("bc")

    texts, part = board.part("oldest", 9, at=board.by_text["b"].id)

    assert (texts, part.previous) == ("bcad", None)
    assert [thread.comments[0].is_pinned for thread in part.threads] == [True, True, False, False]


def test_a_pin_is_public_and_audited_once(board: Board, site: Site) -> None:
    board.write("a")
    pages = Pages(board.database)
    before = pages.get(site, "/a")

    board.pin("aa")
    pinned = pages.get(site, "/a")
    board.unpin("a")

    assert (pinned.count, pinned.revision) == (before.count, before.revision + 1)
    assert pages.get(site, "/a").revision == before.revision + 2
    rows = AuditLog(board.database).newest(2)
    assert [(row.actor, row.action) for row in rows] == [
        ("moderator Anna", "comment_unpinned"),
        ("moderator Anna", "comment_pinned"),
    ]


def test_an_answer_a_fourth_and_what_waits_are_not_pinned(board: Board) -> None:
    board.write("abcd")
    board.pin("abc")
    answer = add_scored(board.database, board.clock, GOOD, parent=board.by_text["a"].id)
    waiting = add_scored(board.database, board.clock)

    for comment, problem in (
        (answer, "an answer cannot"),
        (board.by_text["d"], "has 3 pinned"),
        (waiting, "only a published"),
    ):
        with pytest.raises(PinRefused, match=problem):
            board.pins.pin(comment.id, moderator_id=None)
    assert board.part("oldest", 9)[0] == "cbad"


def test_who_may_only_look_or_see_another_site_pins_nothing(board: Board) -> None:
    board.write("a")
    looks = replace(ALL_SITES, may_decide=False)
    for scope, problem in (
        (looks, NotAllowed),
        (AccessScope(frozenset({"other"}), True), CommentNotFound),
    ):
        with pytest.raises(problem):
            Pins(board.database, board.clock, scope).pin(board.by_text["a"].id, moderator_id=None)


def test_what_is_withdrawn_or_erased_is_pinned_no_more(board: Board) -> None:
    board.write("abc")
    board.pin("bc")
    queue = ReviewQueue(board.database, board.clock, ALL_SITES)

    rejected = queue.decide(
        as_seen(board.by_text["b"]), Status.REJECTED, moderator_id=board.moderator.id
    )
    back = queue.decide(as_seen(rejected), Status.APPROVED, moderator_id=board.moderator.id)
    erased = Erasures(board.database, board.clock).by_author(board.by_text["c"].id)

    assert board.all_threads("oldest", 9) == "ab"
    stored = Comments(board.database, board.clock).get(back.id)
    assert (back.is_pinned, stored.is_pinned, erased.is_pinned) == (False, False, False)


@pytest.mark.parametrize("cursor", ["~", "~~~~~", "x~y", "~nobody~"])
def test_a_cursor_of_nobodys_is_refused_or_begins(board: Board, cursor: str) -> None:
    board.write("ab")

    try:
        texts, _ = board.part("oldest", 9, after=cursor)
    except CommentNotFound:
        return
    assert texts == "ab"


def test_two_who_pin_at_once_are_not_one_too_many(board: Board) -> None:
    board.write("abcd")
    board.pin("ab")
    last = (board.by_text["c"], board.by_text["d"])

    outcomes = together(
        *(partial(board.pins.pin, one.id, moderator_id=board.moderator.id) for one in last)
    )

    assert [type(outcome) for outcome in outcomes].count(PinRefused) == 1
    assert sum(thread.comments[0].is_pinned for thread in board.part("oldest", 9)[1].threads) == 3


def test_a_page_that_is_moved_to_another_keeps_three_on_top(
    board: Board, database: Database, clock: FakeClock, site: Site
) -> None:
    board.write("ab")
    board.pin("ab")
    others = [add_scored(database, clock, GOOD, page="/b", text=text) for text in "cd"]
    for other in others:
        clock.advance(1)
        board.pins.pin(other.id, moderator_id=board.moderator.id)

    MovedPages(database, clock).move(site, "/b", "/a")

    assert board.all_threads("oldest", 2) == "dcba"
    assert sorted(board.all_threads("newest", 1)) == list("abcd")
    board.unpin("a")
    assert sorted(board.all_comments("newest", 3)) == list("abcd")
