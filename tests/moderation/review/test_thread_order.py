"""Replies under what they answer."""

from hypothesis import given
from hypothesis import strategies as st

from moderation.review.thread_order import Placed, thread_order


def test_each_comment_is_followed_by_its_answers() -> None:
    comments = [(1, None), (2, None), (3, 1), (4, 2), (5, 3), (6, 1)]

    assert [(placed.id, placed.depth) for placed in thread_order(comments)] == [
        *((1, 0), (3, 1), (5, 2), (6, 1)),
        *((2, 0), (4, 1)),
    ]


def test_an_answer_to_what_is_elsewhere_stands_by_itself() -> None:
    assert list(thread_order([(2, 1), (3, 2)])) == [Placed(2, 0), Placed(3, 1)]


def test_a_thread_may_be_thousands_deep() -> None:
    chain = [(number, number - 1 if number else None) for number in range(5000)]

    assert list(thread_order(chain))[-1] == Placed(4999, 4999)


@given(st.lists(st.integers(0, 20)))
def test_nothing_is_lost_or_doubled(parents: list[int]) -> None:
    comments = [
        (number, min(parent, number - 1) or None) for number, parent in enumerate(parents, 1)
    ]

    assert sorted(placed.id for placed in thread_order(comments)) == [
        number for number, _ in comments
    ]
