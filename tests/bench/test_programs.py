"""What is measured is started, stopped and weighed whole."""

import os
import sys
from functools import partial
from pathlib import Path

import pytest

from bench.memory import Memory, Peak
from bench.problem import NotMeasured
from bench.programs import Program, run, started, wait_for

_SLEEP = "import time; time.sleep(60)"
_PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_SLEEP!r}])"


def program(code: str, log: Path) -> Program:
    return Program((sys.executable, "-c", code), log, os.environ)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the memory that is shared")
def test_memory_of_a_program_includes_its_children(tmp_path: Path) -> None:
    alone, parent = program(_SLEEP, tmp_path / "alone"), program(_PARENT, tmp_path / "parent")

    wait_for(lambda: alone.memory().rss > 5, "the first")
    wait_for(lambda: parent.memory().rss > 1.5 * alone.memory().rss, "the second")

    alone.stop()
    parent.stop()
    assert alone.memory() == Memory(0, 0)


def test_the_peak_is_the_most_that_was_seen() -> None:
    peak = Peak()

    for size in (1.0, 3.0, 2.0):
        with peak.watch(partial(Memory, size, 2 * size)):
            pass

    assert peak.memory == Memory(3, 6)


def test_a_program_that_ends_by_itself_is_not_measured(tmp_path: Path) -> None:
    ended = program("raise SystemExit(3)", tmp_path / "said.log")

    with pytest.raises(NotMeasured, match=r"it ended by itself; what it said is in .*said\.log"):
        started(ended, lambda: False, "it")


def test_a_command_that_fails_says_why() -> None:
    command = (sys.executable, "-c", "raise SystemExit('no such package')")

    with pytest.raises(NotMeasured, match="could not install it: no such package"):
        run(command, "install it", os.environ)
