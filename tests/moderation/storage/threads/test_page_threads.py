"""Readers get every thread once, in each order, whatever is written in between."""

import random
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from sqlalchemy import func, select

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment, CommentNotFound, Status
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.moved_pages import MovedPages
from moderation.storage.comments.pages import Page, Pages, PublicComment
from moderation.storage.database.engine import Database
from moderation.storage.decisions.erasures import Erasures
from moderation.storage.decisions.moderator_decisions import (
    ModeratorDecision,
    ObservedComment,
    ObservedState,
    decide_comment,
)
from moderation.storage.review.staff_comments import StaffComments, StaffText
from moderation.storage.schema.comments import comments as comments_table
from moderation.storage.threads.page_comments import Order, PageComments
from moderation.storage.threads.page_threads import PageThreads
from moderation.storage.threads.thread_parts import PublicThread, ThreadPart, ThreadQuestion
from moderation.storage.threads.thread_places import ThreadOrder
from tests.support.clock import FakeClock
from tests.support.factories import CommentFields
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.thread_counts import counted_threads, stored_threads

ORDERS = list(ThreadOrder)
Verdict = Literal[Status.APPROVED, Status.REJECTED]


class Talk:
    """A page on which people answer one another."""

    def __init__(self, database: Database, clock: FakeClock, moderator: Moderator) -> None:
        self.database, self.clock, self.moderator = database, clock, moderator
        self.threads, self.pages = PageThreads(database), Pages(database)
        self.site = Site(1, "demo", "Demo", ())

    def say(self, text: str, parent: Comment | None = None) -> Comment:
        self.clock.advance(seconds=1)
        fields: CommentFields = {"text": text}
        if parent is not None:
            fields["parent"] = parent.id
        return add_scored(self.database, self.clock, GOOD, **fields)

    def decide(self, comment: Comment, status: Verdict) -> None:
        current = Comments(self.database, self.clock).get(comment.id)
        observed = ObservedComment(comment.id, ObservedState(current.status, current.version))
        decision = ModeratorDecision(status, self.moderator.id, self.clock())
        with self.database.write() as connection:
            decide_comment(connection, observed, decision, ALL_SITES)

    @property
    def page(self) -> Page:
        return self.pages.get(self.site, "/a")

    def part(self, order: ThreadOrder = ThreadOrder.OLDEST, **other: object) -> ThreadPart:
        limits: dict[str, object] = {"limit": 20, "answers": 50}
        return self.threads.part(self.page, ThreadQuestion(order, **{**limits, **other}))  # type: ignore[arg-type]

    def walk(
        self, order: ThreadOrder, limit: int, between: Callable[[], None] = lambda: None
    ) -> Iterator[PublicThread]:
        """All threads, part after part."""
        part = self.part(order, limit=limit)
        yield from part.threads
        while part.next is not None:
            between()
            part = self.part(order, limit=limit, after=part.next)
            yield from part.threads


@pytest.fixture
def talk(database: Database, clock: FakeClock, site: Site) -> Talk:
    talk = Talk(database, clock, Moderators(database, clock).add("Anna"))
    talk.site = site
    return talk


def texts(comments: list[PublicComment] | tuple[PublicComment, ...] | object) -> list[str]:
    assert isinstance(comments, list | tuple)
    return [comment.text for comment in comments]


def shape(part: ThreadPart) -> list[list[str]]:
    return [texts(thread.comments) for thread in part.threads]


@pytest.mark.parametrize(
    ("order", "shown"),
    [
        (ThreadOrder.OLDEST, [["a", "a1", "a2"], ["b"], ["c", "c1"]]),
        (ThreadOrder.NEWEST, [["c", "c1"], ["b"], ["a", "a1", "a2"]]),
        (ThreadOrder.REPLIES, [["a", "a1", "a2"], ["c", "c1"], ["b"]]),
    ],
)
def test_threads_stand_in_the_order_asked_for_with_answers_by_time(
    talk: Talk, order: ThreadOrder, shown: list[list[str]]
) -> None:
    a = talk.say("a")
    talk.say("b")
    first = talk.say("a1", a)
    talk.say("c1", talk.say("c"))
    talk.say("a2", first)

    assert shape(talk.part(order)) == shown
    assert [thread.answers for thread in talk.part(order).threads] == [
        len(texts) - 1 for texts in shown
    ]


@pytest.mark.parametrize("order", ORDERS)
def test_nobody_has_commented_yet(talk: Talk, order: ThreadOrder) -> None:
    assert talk.part(order) == ThreadPart(())


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_part_after_part_gives_each_thread_once(talk: Talk, order: ThreadOrder, limit: int) -> None:
    whole = grown(talk, seed=limit)

    walked = list(talk.walk(order, limit))

    assert walked == list(talk.part(order, limit=100).threads)
    assert sorted(thread.id for thread in walked) == sorted(whole)


def grown(talk: Talk, seed: int, number: int = 18) -> set[str]:
    """A talk at random; returns the ids of the threads of which something is public."""
    chance = random.Random(seed)  # noqa: S311 no secret
    spoken: list[Comment] = []
    for count in range(number):
        parent = chance.choice([None, *spoken[-4:]])
        spoken.append(talk.say(f"{count}", parent))
    for comment in chance.sample(spoken, 6):
        if chance.random() < 0.5:
            talk.decide(comment, Status.REJECTED)
        else:
            Erasures(talk.database, talk.clock).by_author(comment.id)
    approved = comments_table.c.status == Status.APPROVED
    roots = comments_table.alias("roots")
    root_id = func.coalesce(comments_table.c.thread_id, comments_table.c.id)
    query = select(roots.c.public_id).join(comments_table, root_id == roots.c.id).where(approved)
    with talk.database.read() as connection:
        return set(connection.execute(query).scalars())


@pytest.mark.parametrize("order", [ThreadOrder.OLDEST, ThreadOrder.NEWEST])
def test_arrivals_and_withdrawals_lose_and_double_nothing(talk: Talk, order: ThreadOrder) -> None:
    spoken = [talk.say(f"{count}") for count in range(9)]
    gone = iter(spoken[3:5] if order is ThreadOrder.OLDEST else spoken[5:3:-1])

    def disturb() -> None:
        talk.say("new")
        if (comment := next(gone, None)) is not None:
            talk.decide(comment, Status.REJECTED)

    walked = [thread.comments[0].text for thread in talk.walk(order, 2, disturb)]

    old = [text for text in walked if text != "new"]
    assert sorted(old) == sorted(set(old))
    assert set(old) >= {comment.text for comment in spoken} - {"3", "4", "5"}


def test_what_gets_answers_or_loses_some_moves_no_other_out_of_the_list(talk: Talk) -> None:
    spoken = [talk.say(f"{count}") for count in range(6)]
    for comment in spoken:
        talk.say("answer", comment)
    part = talk.part(ThreadOrder.REPLIES, limit=2)
    last = part.threads[-1].comments
    talk.decide(Comments(talk.database, talk.clock).get(last[1].id), Status.REJECTED)

    rest = talk.part(ThreadOrder.REPLIES, limit=9, after=part.next)

    assert {thread.id for thread in rest.threads} >= {comment.id for comment in spoken[:4]}


def test_a_thread_stays_while_any_of_it_is_public(talk: Talk) -> None:
    root = talk.say("root")
    answer = talk.say("answer", root)
    talk.say("below", answer)

    talk.decide(root, Status.REJECTED)
    assert shape(talk.part()) == [["answer", "below"]]
    Erasures(talk.database, talk.clock).by_author(answer.id)
    assert shape(talk.part()) == [["", "below"]]
    talk.decide(root, Status.APPROVED)
    assert shape(talk.part()) == [["root", "", "below"]]
    assert talk.part().threads[0].answers == 1


def test_an_erased_root_keeps_its_place_for_its_answers(talk: Talk) -> None:
    root = talk.say("root")
    answer = talk.say("answer", root)

    Erasures(talk.database, talk.clock).by_author(root.id)
    assert shape(talk.part()) == [["", "answer"]]
    talk.decide(answer, Status.REJECTED)
    assert shape(talk.part()) == []


def test_a_long_thread_is_read_to_its_end(talk: Talk) -> None:
    root = talk.say("root")
    for count in range(7):
        talk.say(f"{count}", root)
    thread = talk.part(answers=3).threads[0]
    walked = texts(thread.comments)
    while thread.next is not None:
        thread = talk.threads.rest(talk.page, root.id, thread.next, 3)
        walked += texts(thread.comments)

    assert walked == ["root", *"0123456"]


def test_a_link_begins_with_the_thread_of_its_comment(talk: Talk) -> None:
    spoken = [talk.say(f"{count}") for count in range(5)]
    answer = talk.say("answer", spoken[2])

    for order in (ThreadOrder.OLDEST, ThreadOrder.NEWEST):
        part = talk.part(order, limit=2, at=answer.id)
        assert part.at == answer.id
        assert shape(part)[0] == ["2", "answer"]
        assert part.previous is not None
        back = shape(talk.part(order, limit=9, before=part.previous))
        forth = shape(talk.part(order, limit=9, after=part.next))
        assert back + shape(part) + forth == shape(talk.part(order))


def test_a_link_into_a_long_thread_shows_what_it_answers_and_what_follows(talk: Talk) -> None:
    root = talk.say("root")
    spoken = [talk.say(f"{count}", root) for count in range(6)]
    deep = talk.say("deep", spoken[1])
    for count in range(6, 9):
        talk.say(f"{count}", root)

    thread = talk.part(answers=2, at=deep.id).threads[0]

    assert texts(thread.comments) == ["root", "1", "deep", "6", "7"]
    assert thread.is_cut
    assert texts(talk.threads.rest(talk.page, root.id, str(thread.next), 9).comments) == ["8"]


@pytest.mark.parametrize("order", ORDERS)
def test_a_link_to_what_is_not_public_gives_the_first_part(talk: Talk, order: ThreadOrder) -> None:
    hidden = talk.say("hidden", talk.say("a"))
    talk.say("b")
    talk.decide(hidden, Status.REJECTED)

    for comment_id in (hidden.id, "nothing", ""):
        assert talk.part(order, at=comment_id) == talk.part(order)


@pytest.mark.parametrize("cursor", ["nothing", "", ".", "1.", "x.y", "1.1.1", "²."])
@pytest.mark.parametrize("order", ORDERS)
def test_a_cursor_of_no_thread_is_refused(talk: Talk, cursor: str, order: ThreadOrder) -> None:
    root = talk.say("a")
    wrong_kind = root.id if order is ThreadOrder.REPLIES else f"1.{root.id}"

    for value in (cursor, wrong_kind):
        with pytest.raises(CommentNotFound):
            talk.part(order, after=value)
        with pytest.raises(CommentNotFound):
            talk.part(order, before=value)


def test_a_thread_goes_with_its_page(talk: Talk, clock: FakeClock) -> None:
    talk.say("answer", talk.say("root"))

    MovedPages(talk.database, clock).move(talk.site, "/a", "/b")

    assert shape(talk.part()) == [["root", "answer"]]


@pytest.mark.parametrize("seed", range(6))
def test_what_is_counted_is_what_is_there(talk: Talk, seed: int) -> None:
    grown(talk, seed)

    assert stored_threads(talk.database) == counted_threads(talk.database)


def test_the_sites_own_answer_to_what_waits_is_shown_without_it(talk: Talk) -> None:
    waiting = add_scored(talk.database, talk.clock, text="waiting")
    staff = StaffComments(talk.database, talk.clock, ALL_SITES)

    answer = staff.answer(waiting.id, StaffText(talk.moderator.id, "Paper", "We answer"))

    assert shape(talk.part()) == [["We answer"]]
    talk.decide(waiting, Status.APPROVED)
    assert shape(talk.part(at=answer.id)) == [["waiting", "We answer"]]
    assert stored_threads(talk.database) == counted_threads(talk.database)


def test_the_newest_comment_of_the_page_is_known(talk: Talk) -> None:
    talk.say("b", talk.say("a"))
    newest = (
        PageComments(talk.database)
        .approved(talk.page, after=None, limit=1, order=Order.NEWEST)
        .comments[0]
    )

    assert talk.part(limit=1).latest == newest.submitted_at
