"""Children by fork: ended, halted, killed, asked, and gone with their parent."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.support.program import wait_until
from worker.forked_child import ForkedChild
from worker.stop_request import StopRequest


def wait_for_ever() -> None:
    signal.pause()


def stop_when_asked() -> None:
    stop = StopRequest()
    stop.listen()
    stop.wait(60)


def refuse_to_stop() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        signal.pause()


def fail() -> None:
    raise KeyboardInterrupt


Start = Callable[[Callable[[], object]], ForkedChild]


@pytest.fixture
def start() -> Iterator[Start]:
    children = []

    def start(work: Callable[[], object]) -> ForkedChild:
        child = ForkedChild("test", work, stop_seconds=20.0)
        children.append(child)
        child.start()
        return child

    yield start
    for child in children:
        child.kill()


@pytest.mark.parametrize(("work", "code"), [(lambda: None, 0), (fail, 1)])
def test_its_exit_code_says_whether_it_failed(
    start: Start, work: Callable[[], object], code: int
) -> None:
    child = start(work)

    wait_until(lambda: not child.is_running())

    assert child.exit_code() == code


def test_asked_to_stop_it_ends_as_it_wants(start: Start) -> None:
    child = start(stop_when_asked)
    wait_until(lambda: mask_has_sigterm(child, "SigCgt"))

    child.stop()

    assert child.exit_code() == 0


def test_one_that_does_not_stop_is_killed_and_may_be_started_again(start: Start) -> None:
    child = start(refuse_to_stop)
    child.stop_seconds = 0.1
    wait_until(lambda: mask_has_sigterm(child, "SigIgn"))

    child.stop()
    first = child.exit_code()
    child.start()

    assert (first, child.is_running()) == (-signal.SIGKILL, True)


def test_one_that_was_halted_is_noticed_until_it_goes_on(start: Start) -> None:
    child = start(wait_for_ever)
    before = child.is_stopped()

    os.kill(child.process_id or 0, signal.SIGSTOP)
    wait_until(child.is_stopped)
    assert child.is_stopped()
    os.kill(child.process_id or 0, signal.SIGCONT)

    wait_until(lambda: not child.is_stopped())
    assert not before


_PARENT = """
import pathlib, signal, sys
from worker.forked_child import ForkedChild

def halted_grandchild():
    pathlib.Path(sys.argv[1]).write_text(str(grandchild.start()))
    signal.pause()

grandchild = ForkedChild("grandchild", signal.pause, 1.0)
ForkedChild("child", halted_grandchild, 1.0).start()
signal.pause()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_killed_parent_leaves_no_child_and_no_grandchild_behind(tmp_path: Path) -> None:
    file = tmp_path / "grandchild"
    with subprocess.Popen([sys.executable, "-c", _PARENT, str(file)]) as parent:
        wait_until(lambda: file.exists() and file.read_text())
        family = psutil.Process(parent.pid).children(recursive=True)
        os.kill(int(file.read_text()), signal.SIGSTOP)
        parent.kill()

    assert len(family) == 2
    wait_until(lambda: not any(is_alive(process) for process in family))


def is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def mask_has_sigterm(child: ForkedChild, kind: str) -> bool:
    """Whether the kernel knows SIGTERM as caught (SigCgt) or ignored (SigIgn) by the child."""
    lines = Path(f"/proc/{child.process_id}/status").read_text().splitlines()
    mask = next(line.split()[1] for line in lines if line.startswith(kind))
    return bool(int(mask, 16) & 1 << (signal.SIGTERM - 1))
