"""What `make run` starts, the whole way: a reader's form, the article page, the queue, a crash."""

import fcntl
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from tests.support.operator import ABUSIVE, CIVIL, Parley, fields_of
from tests.support.program import DEMO_PAGE, wait_until


@pytest.fixture
def parley(tmp_path: Path) -> Iterator[Parley]:
    parley = Parley(tmp_path / "var")
    yield parley
    parley.kill_all()


def test_comment_goes_the_whole_way_and_nothing_accepted_is_lost(parley: Parley) -> None:
    parley.start()
    parley.process.send_signal(signal.SIGHUP)

    civil, abusive = parley.submit(CIVIL), parley.submit(ABUSIVE)
    assert (parley.decided(civil), parley.decided(abusive)) == ("approved", "flagged")
    assert parley.shown() == [CIVIL]

    form = {"site": "demo", "page": DEMO_PAGE, "name": "Bo", "text": "Without a script, too."}
    address, _ = parley.open(f"{parley.at}/v1/comments", form | {"url": parley.at + DEMO_PAGE})
    assert address.startswith(f"{parley.at}/own/")
    wait_until(lambda: len(parley.shown()) == 2)
    _, article = parley.open(parley.link("Article page"))
    assert "2 Comments" in article
    assert CIVIL in article

    _, greeting = parley.open(parley.link("Sign in as admin"))
    queue_address, _ = parley.open(parley.link("Sign in as admin"), fields_of(greeting))
    assert queue_address.startswith(f"{parley.at}/moderate")
    _, queue = parley.open(f"{parley.at}/moderate?section=likely_rejected")
    assert ABUSIVE in re.sub("</?mark[^>]*>", "", queue)
    assert '<mark class="highlight strong"' in queue
    approve = re.search(r'formaction="([^"]*)">Approve', queue)
    assert approve
    parley.open(parley.at + unescape(approve[1]), fields_of(queue))
    assert ABUSIVE in parley.shown()

    command = [sys.executable, "-m", "cli", "site", "add", "blog", "--origin", "http://blog.test"]
    subprocess.run(command, env=parley.environment, check=True, capture_output=True)
    elsewhere = parley.submit(CIVIL, origin="http://blog.test", site="blog")
    assert elsewhere["allowed"] == "http://blog.test"
    with pytest.raises(HTTPError, match="403"):
        parley.submit(CIVIL, origin="http://evil.test", site="blog")

    pending = accepted_while_no_worker_runs(parley)
    parley.kill_all()
    parley.start()
    assert {parley.decided(comment) for comment in pending} == {"approved"}

    parley.process.send_signal(signal.SIGINT)
    assert parley.process.wait(60) == 0
    assert parley.processes() == []


def accepted_while_no_worker_runs(parley: Parley) -> list[dict[str, Any]]:
    """Submissions that no worker has looked at: it is stopped while they come in."""
    wait_until(lambda: suspended_between_writes(parley))
    return [parley.submit(f"{CIVIL} This is note number {number}.") for number in range(20)]


def suspended_between_writes(parley: Parley) -> bool:
    """False, and all go on, where one was caught writing: nobody else could write meanwhile."""
    workers = [process for process in parley.processes() if process.cmdline()[-1] == "work"]
    for worker in workers:
        worker.suspend()
    with Path(parley.var, "parley.db.turn").open() as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            for worker in workers:
                worker.resume()
            return False
