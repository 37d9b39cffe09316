"""Whoever writes the line, it is one of JSON."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# As a worker logs: RQ's own handlers must not get between.
_PROGRAM = """
import logging, threading, warnings
import structlog
from rq.logutils import setup_loghandlers
from moderation.config.logging_setup import log_to_stderr

log_to_stderr()
setup_loghandlers("WARNING")
structlog.get_logger().info("ours", number=1)
logging.getLogger("rq.worker").warning("Worker %s: ended", "a")
try:
    1 / 0
except ZeroDivisionError:
    logging.getLogger("rq.worker").exception("failed")
logging.getLogger("rq.worker").info("too quiet")
warnings.warn("deprecated")
thread = threading.Thread(target=lambda: 1 / 0)
thread.start()
thread.join()
raise ValueError("at the end")
"""


def test_every_line_of_the_log_is_json() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True)

    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert (done.returncode, done.stdout) == (1, "")
    assert [(line["level"], line["event"].splitlines()[0]) for line in lines] == [
        ("info", "ours"),
        ("warning", "Worker a: ended"),
        ("error", "failed"),
        ("warning", "<string>:16: UserWarning: deprecated"),
        ("critical", "uncaught"),
        ("critical", "uncaught"),
    ]
    assert "ValueError: at the end" in lines[-1]["exception"]
    assert all("timestamp" in line for line in lines)


_PROGRAM_TO_ITS_END = """
import logging, sys
from pathlib import Path
import click, structlog
from moderation.config.logging_setup import log_to_stderr

log_to_stderr()
for number in range(1_000):
    structlog.get_logger().warning("a line", number=number)
    logging.getLogger("library").error("another line")
    click.echo("to the operator")
    print("to the server", file=sys.stderr)
Path(sys.argv[1]).write_text("the end")
"""


@pytest.fixture(params=["a full disk", "a pipe that nobody reads"])
def output(request: pytest.FixtureRequest) -> Iterator[int]:
    if request.param == "a full disk":
        if not Path("/dev/full").exists():
            pytest.skip("this system has no /dev/full")
        number = os.open("/dev/full", os.O_WRONLY)
    else:
        reader, number = os.pipe()
        os.close(reader)
    yield number
    os.close(number)


def test_output_that_takes_nothing_ends_no_process(output: int, tmp_path: Path) -> None:
    command = (sys.executable, "-c", _PROGRAM_TO_ITS_END, str(tmp_path / "end"))

    done = subprocess.run(command, stdout=output, stderr=output)

    assert done.returncode == 0
    assert (tmp_path / "end").read_text() == "the end"
