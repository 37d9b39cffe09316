"""Expensive work is bounded as a whole: so many work, so many wait, and no more."""

import threading
from contextlib import ExitStack

import pytest

from moderation.limits.concurrency_limit import ConcurrencyLimit, TooBusy
from tests.support.concurrency import together


def test_who_finds_all_places_taken_is_sent_away_at_once() -> None:
    limit = ConcurrencyLimit(2, waiting=0, seconds=3_600)

    with limit.turn(), limit.turn(), pytest.raises(TooBusy), limit.turn():
        pass


def test_who_waits_in_vain_is_sent_away() -> None:
    limit = ConcurrencyLimit(1, waiting=1, seconds=0.01)

    with limit.turn(), pytest.raises(TooBusy), limit.turn():
        pass


def test_place_is_free_again_whatever_the_work_raised() -> None:
    limit = ConcurrencyLimit(1, waiting=0, seconds=3_600)

    for _ in range(3):
        with pytest.raises(LookupError), limit.turn():
            raise LookupError
    with ExitStack() as stack:
        stack.enter_context(limit.turn())


def test_never_more_at_once_than_allowed_and_all_who_may_wait_get_a_turn() -> None:
    limit = ConcurrencyLimit(3, waiting=20, seconds=3_600)
    lock, working, most = threading.Lock(), set[int](), [0]

    def work(number: int) -> None:
        with limit.turn():
            with lock:
                working.add(number)
                most[0] = max(most[0], len(working))
            with lock:
                working.remove(number)

    outcomes = together(*(lambda number=number: work(number) for number in range(23)))

    assert outcomes == [None] * 23
    assert 1 <= most[0] <= 3
