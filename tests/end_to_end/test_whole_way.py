"""What `make run` starts, the whole way: a reader's form, the article page, the queue, a crash."""

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import psutil
import pytest

from tests.support.program import DEMO_PAGE, free_port, wait_until

CIVIL = "Thank you for this clear report, I learned a lot about the command structure."
ABUSIVE = "You are a stupid idiot and everybody hates you, shut up."


def as_with_nohup() -> None:
    """In a terminal that may be closed, also where the tests run in none and cannot be stopped."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Parley:
    """`parley up` as an operator sees it: what it printed, and the processes it started."""

    def __init__(self, var: Path) -> None:
        port = free_port()
        self.at = f"http://127.0.0.1:{port}"
        settings = {"PARLEY_VAR": str(var), "PARLEY_PORT": str(port)}
        self.environment = os.environ | settings | {"PARLEY_SUBMIT_LIMIT": "off"}
        self.log = var.parent / "said.log"
        self.browser = build_opener(HTTPCookieProcessor(CookieJar()))

    def start(self) -> None:
        self.log.write_text("")
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli", "up"],
                env=self.environment,
                stdout=log,
                stderr=log,
                preexec_fn=as_with_nohup,
            )
        wait_until(lambda: "Parley is running" in self.log.read_text(), seconds=40)

    def processes(self) -> list[psutil.Process]:
        """Every process of this Parley, however it was started."""
        return [process for process in psutil.process_iter() if self._owns(process)]

    def kill_all(self) -> None:
        """As a power cut would, all at once."""
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):  # some end with their parent
                process.kill()
        self.process.wait()
        wait_until(lambda: not self.processes())

    def _owns(self, process: psutil.Process) -> bool:
        try:
            of = process.environ().get("PARLEY_VAR")
            redis = f"{self.environment['PARLEY_VAR']}/" in " ".join(process.cmdline())
            alive = process.status() != psutil.STATUS_ZOMBIE
            return alive and process.pid != os.getpid() and (of == self.var or redis)
        except psutil.Error:
            return False

    @property
    def var(self) -> str:
        return self.environment["PARLEY_VAR"]

    def link(self, name: str) -> str:
        found = re.search(rf"{name} +(http\S+)", self.log.read_text())
        assert found, self.log.read_text()
        return found[1]

    def submit(self, text: str, *, origin: str | None = None, site: str = "demo") -> dict[str, Any]:
        body = {"site": site, "page": DEMO_PAGE, "name": "Ada", "text": text}
        headers = {"Content-Type": "application/json", "Origin": origin or self.at}
        request = Request(f"{self.at}/v1/comments", json.dumps(body).encode(), headers)
        with self.browser.open(request) as answer:
            return json.load(answer) | {"allowed": answer.headers["Access-Control-Allow-Origin"]}

    def status(self, accepted: dict[str, Any]) -> str:
        headers = {"Parley-Author-Token": accepted["author_token"]}
        with self.browser.open(Request(accepted["status_url"], headers=headers)) as answer:
            return str(json.load(answer)["status"])

    def decided(self, accepted: dict[str, Any]) -> str:
        wait_until(lambda: self.status(accepted) != "pending", seconds=40)
        return self.status(accepted)

    def shown(self) -> list[str]:
        with self.browser.open(f"{self.at}/v1/comments?site=demo&page={DEMO_PAGE}") as answer:
            return [comment["text"] for comment in json.load(answer)["comments"]]

    def open(self, url: str, fields: dict[str, str] | None = None) -> tuple[str, str]:
        """The address and text of the page that the browser ends on; a form is sent by POST."""
        body = None if fields is None else urlencode(fields).encode()
        headers = {"Origin": self.at, "Accept": "text/html"}
        with self.browser.open(Request(url, body, headers)) as answer:
            return answer.url, answer.read().decode()


@pytest.fixture
def parley(tmp_path: Path) -> Iterator[Parley]:
    parley = Parley(tmp_path / "var")
    yield parley
    parley.kill_all()


def fields_of(form: str) -> dict[str, str]:
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


@pytest.mark.timeout(300)
def test_comment_goes_the_whole_way_and_nothing_accepted_is_lost(parley: Parley) -> None:
    parley.start()
    parley.process.send_signal(signal.SIGHUP)

    civil, abusive = parley.submit(CIVIL), parley.submit(ABUSIVE)
    assert (parley.decided(civil), parley.decided(abusive)) == ("approved", "flagged")
    assert parley.shown() == [CIVIL]

    form = {"site": "demo", "page": DEMO_PAGE, "name": "Bo", "text": "Without a script, too."}
    address, _ = parley.open(f"{parley.at}/v1/comments", form | {"url": parley.at + DEMO_PAGE})
    assert address.startswith(parley.at + DEMO_PAGE)
    wait_until(lambda: len(parley.shown()) == 2)
    _, article = parley.open(parley.link("Article page"))
    assert "2 Comments" in article
    assert CIVIL in article

    _, greeting = parley.open(parley.link("Sign in as admin"))
    queue_address, queue = parley.open(parley.link("Sign in as admin"), fields_of(greeting))
    assert queue_address.startswith(f"{parley.at}/moderate")
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
    assert {parley.decided(each) for each in pending} == {"approved"}

    parley.process.send_signal(signal.SIGINT)
    assert parley.process.wait(10) == 0
    assert parley.processes() == []


def accepted_while_no_worker_runs(parley: Parley) -> list[dict[str, Any]]:
    """Submissions that no worker has looked at: it is stopped while they come in."""
    wait_until(lambda: suspended_between_writes(parley))
    return [parley.submit(f"{CIVIL} This is note number {number}.") for number in range(20)]


def suspended_between_writes(parley: Parley) -> bool:
    """False, and all go on, where one was caught writing: nobody else could write meanwhile."""
    workers = [each for each in parley.processes() if each.cmdline()[-1] == "work"]
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
