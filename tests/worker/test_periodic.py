"""When a task that is repeated runs, and what becomes of the others when it fails."""

from collections.abc import Callable
from functools import partial

import pytest

from moderation.storage.database.engine import DatabaseUnavailable
from worker import periodic as module
from worker.periodic import PeriodicTask, run_due, run_safely, run_until
from worker.stop_request import StopRequest


def runs(task: PeriodicTask, done: list[object], moments: list[float]) -> list[float]:
    """At which of the moments it runs; its work must add to `done`."""
    ran = []
    for now in moments:
        before = len(done)
        run_due([task], now)
        if len(done) > before:
            ran.append(now)
    return ran


@pytest.mark.parametrize(
    ("every", "second_after", "ran"),
    [
        (0.0, None, [7, 8, 9, 10, 11.9, 12, 13, 17, 18]),
        (5.0, None, [7, 12, 17]),
        (5.0, 2.0, [7, 9, 17]),
        (5.0, 5.0, [7, 12, 17]),
    ],
)
def test_a_task_is_due_at_once_and_then_after_its_seconds(
    every: float, second_after: float | None, ran: list[float]
) -> None:
    done: list[object] = []
    task = PeriodicTask("test", lambda: done.append("ran"), every, second_after)

    assert runs(task, done, [7, 8, 9, 10, 11.9, 12, 13, 17, 18]) == ran


def test_a_task_with_more_to_do_is_due_at_once() -> None:
    done: list[object] = []
    more = [True, True, False, True]

    def work() -> bool:
        done.append("ran")
        return more.pop(0)

    task = PeriodicTask("test", work, every=10.0)

    assert runs(task, done, [0, 1, 2, 3, 11, 12]) == [0, 1, 2, 12]


def test_a_task_that_fails_is_due_again_after_its_seconds() -> None:
    done: list[object] = []

    def fail() -> None:
        done.append("ran")
        raise ValueError

    task = PeriodicTask("test", fail, every=10.0)

    assert runs(task, done, [0, 1, 9, 10]) == [0, 10]


@pytest.mark.parametrize("fault", [DatabaseUnavailable("gone"), ValueError()])
def test_what_fails_keeps_nothing_else_from_its_turn(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TICK_SECONDS", 0)
    done: list[str] = []
    stop = StopRequest()

    def noting(what: str) -> Callable[[], None]:
        return lambda: done.append(what)

    def fail() -> None:
        done.append("fail")
        raise fault

    tasks = (
        PeriodicTask("fail", fail),
        PeriodicTask("once", noting("once"), every=3600.0),
        PeriodicTask("always", noting("always")),
        PeriodicTask("stop", lambda: stop.set() if len(done) >= 5 else None),
    )
    run_until(stop, tasks, lambda: None)

    assert done == ["fail", "once", "always", "fail", "always"]


def test_what_is_run_safely_returns_its_answer_or_none() -> None:
    def fail() -> bool:
        sentence = "The database is away."
        raise DatabaseUnavailable(sentence)

    assert run_safely("answer", lambda: False) is False
    assert run_safely("fail", fail) is None


def test_the_time_limit_is_set_anew_before_each_task() -> None:
    done: list[str] = []
    tasks = [PeriodicTask(name, partial(done.append, name)) for name in ("one", "two")]

    run_due(tasks, 0, lambda: done.append("limit"))

    assert done == ["limit", "one", "limit", "two"]
