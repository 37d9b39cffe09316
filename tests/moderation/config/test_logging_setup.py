"""Whoever writes the line, it is one of JSON."""

import json
import subprocess
import sys

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
