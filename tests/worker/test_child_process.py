"""A child process started for real: when it is needed, again when it died, and stopped."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.support.program import wait_until
from worker.child_process import ChildProcess
from worker.supervision import start_if_needed

_SLEEP = "import time; time.sleep(60)"
# It says that it is ready to ignore SIGTERM, and has a child of its own.
_STUBBORN = """
import pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
time.sleep(60)
"""


def child_of(code: str, *arguments: str, stop_seconds: float = 20.0) -> ChildProcess:
    return ChildProcess("test", (sys.executable, "-c", code, *arguments), stop_seconds)


@pytest.fixture
def sleeping() -> Iterator[ChildProcess]:
    child = child_of(_SLEEP)
    yield child
    child.stop()


def test_it_is_started_when_it_is_needed_and_again_when_it_died(sleeping: ChildProcess) -> None:
    start_if_needed(sleeping, lambda: False)
    assert (sleeping.is_running(), sleeping.exit_code()) == (False, None)

    start_if_needed(sleeping, lambda: True)
    first = sleeping.process
    start_if_needed(sleeping, lambda: True)
    assert first
    assert sleeping.process is first
    first.kill()
    first.wait()
    assert (sleeping.is_running(), sleeping.exit_code()) == (False, -signal.SIGKILL)
    start_if_needed(sleeping, lambda: False)
    assert sleeping.process is first
    start_if_needed(sleeping, lambda: True)

    assert sleeping.is_running()
    assert sleeping.process is not first


def test_asked_to_stop_it_ends(sleeping: ChildProcess) -> None:
    sleeping.start()

    sleeping.stop()
    sleeping.stop()

    assert (sleeping.is_running(), sleeping.exit_code()) == (False, -signal.SIGTERM)


def test_stopping_what_was_never_started_does_nothing(sleeping: ChildProcess) -> None:
    sleeping.stop()

    assert not sleeping.is_running()


@pytest.mark.parametrize("own_session", [False, True])
def test_one_that_does_not_stop_is_killed_and_in_a_session_of_its_own_with_its_children(
    tmp_path: Path, own_session: bool
) -> None:
    file = tmp_path / "grandchild"
    stubborn = child_of(_STUBBORN, str(file), stop_seconds=0.1)
    stubborn.own_session = own_session
    stubborn.start()
    wait_until(lambda: file.exists() and file.read_text())
    grandchild = psutil.Process(int(file.read_text()))

    stubborn.stop()

    assert stubborn.exit_code() == -signal.SIGKILL
    if own_session:
        wait_until(lambda: not is_alive(grandchild))
    else:
        assert is_alive(grandchild)
        grandchild.kill()


def is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("own_session", [False, True])
def test_a_session_of_its_own_keeps_a_ctrl_c_away(
    sleeping: ChildProcess, own_session: bool
) -> None:
    sleeping.own_session = own_session

    number = sleeping.start()

    assert (os.getsid(number) == number) is own_session


def test_its_environment_is_the_one_it_is_given(tmp_path: Path) -> None:
    file = tmp_path / "variables"
    code = f"import os; open({str(file)!r}, 'w').write(os.environ['ONLY'])"
    child = ChildProcess("test", (sys.executable, "-c", code), 1.0, environment={"ONLY": "this"})

    child.start()
    wait_until(lambda: child.exit_code() is not None)

    assert (child.exit_code(), file.read_text()) == (0, "this")
