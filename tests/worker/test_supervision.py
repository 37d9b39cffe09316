"""When a child is started again, and when one that lives is killed."""

from dataclasses import dataclass, field

import pytest

from worker.supervision import SILENT_SECONDS, Supervised


@dataclass
class FakeChild:
    """A child whose state a test sets."""

    name: str = "test"
    code: int | None = None
    halted: bool = False
    events: list[str] = field(default_factory=list)

    def start(self) -> int:
        self.code = None
        self.events.append("start")
        return 1

    def is_running(self) -> bool:
        return self.code is None

    def is_stopped(self) -> bool:
        return self.halted

    def exit_code(self) -> int | None:
        return self.code

    def last_output(self) -> str:
        return ""

    def stop(self) -> None:
        self.events.append("stop")

    def kill(self) -> None:
        self.code, self.halted = -9, False
        self.events.append("kill")


def starts(lives: float, seconds: int) -> list[int]:
    """At which seconds a child is started that always lives so long."""
    child = FakeChild()
    supervised = Supervised(child)
    supervised.start(0.0)
    moments, started = [0], 0.0
    for now in range(1, seconds):
        if now - started >= lives:
            child.code = 1
        before = len(child.events)
        supervised.look(float(now))
        if len(child.events) > before:
            moments.append(now)
            started = now
    return moments


def test_one_that_ends_at_once_is_started_ever_more_rarely() -> None:
    assert starts(0.5, 60) == [0, 3, 8, 14, 20, 26, 32, 38, 44, 50, 56]


def test_one_that_worked_for_a_while_is_started_again_after_a_second() -> None:
    assert starts(10, 40) == [0, 11, 22, 33]


@pytest.mark.parametrize("sign", ["halted", "no answer"])
def test_one_that_is_silent_for_too_long_is_killed_and_started_again(sign: str) -> None:
    child = FakeChild(halted=sign == "halted")
    supervised = Supervised(child, None if child.halted else lambda: False)
    supervised.start(0.0)

    for now in range(1, int(SILENT_SECONDS) + 5):
        supervised.look(float(now))
        if now < SILENT_SECONDS:
            assert child.events == ["start"]
    for now in range(int(SILENT_SECONDS) + 5, int(SILENT_SECONDS) + 10):
        supervised.look(float(now))

    assert child.events == ["start", "kill", "start"]


def test_one_that_answers_now_and_then_is_left_alone() -> None:
    child, answers = FakeChild(), iter([False, False, True] * 100)
    supervised = Supervised(child, lambda: next(answers))
    supervised.start(0.0)

    for now in range(1, 300):
        supervised.look(float(now))

    assert child.events == ["start"]
