"""A limit that the kernel keeps, whatever the process does."""

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress

import pytest

from worker.time_limit import kill_after


def loop() -> None:
    while True:
        pass


def swallow() -> None:
    while True:
        with suppress(BaseException):
            loop()


def wait_for_a_lock() -> None:
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def stay_in_c() -> None:
    sum(range(10**15))


def check_that_there_is_no_limit() -> None:
    if signal.getitimer(signal.ITIMER_REAL)[0]:
        os._exit(1)


def exit_code_of(work: Callable[[], object], seconds: float) -> int:
    """Of a forked process that works with this limit."""
    process = os.fork()
    if process == 0:
        try:
            kill_after(30)
            kill_after(seconds)
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


@pytest.mark.parametrize("work", [loop, swallow, wait_for_a_lock, stay_in_c])
def test_nothing_outlasts_it(work: Callable[[], object]) -> None:
    assert exit_code_of(work, 0.05) == -signal.SIGALRM


def test_what_ends_in_time_is_left_alone() -> None:
    assert exit_code_of(lambda: None, 30) == 0


def test_it_can_be_taken_away() -> None:
    assert exit_code_of(check_that_there_is_no_limit, 0) == 0
