"""The real program, started as an operator starts it: `parley up`."""

import gzip
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from random import SystemRandom
from urllib.parse import urlsplit

from moderation.clock import utc_now
from moderation.comments import Status, Submission
from moderation.policy import Decision
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import open_database
from moderation.storage.decisions.claims import DecidedComment, PendingComments
from tests.support.migrated_file import write_migrated

DEMO_PAGE = "/demo/japan-joint-force-headquarters"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    text: str


@dataclass(frozen=True)
class Program:
    """A running Parley."""

    url: str
    environment: Mapping[str, str] = field(repr=False)

    @property
    def article(self) -> str:
        return self.url + DEMO_PAGE

    def get(self, path: str, **headers: str) -> Answer:
        """What the server answers."""
        with closing(HTTPConnection(urlsplit(self.url).netloc, timeout=60)) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
        text = gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body
        return Answer(answer.status, answer.headers, text.decode())

    def command(self, *arguments: str) -> str:
        """What `parley` prints for these arguments."""
        return _parley(self.environment, *arguments)


class SharedProgram(Program):
    """One for many modules: the sites that a module changes are named after it, so they differ."""

    def command(self, *arguments: str) -> str:
        """What `parley` prints; a change of a site of another name is a defect of the test."""
        if arguments[0] == "site" and arguments[1] != "list":
            assert _is_own(arguments[2]), f"name the site {_own_name()}, or {_own_name()}-..."
        return super().command(*arguments)


@contextmanager
def running(var: Path, **settings: str) -> Iterator[Program]:
    """A Parley that keeps everything in the folder `var`, and starts empty with it."""
    with _started(_environment(var, **settings)) as program:
        yield program


@contextmanager
def running_with(
    var: Path, comments: Sequence[tuple[str, str]], **settings: str
) -> Iterator[Program]:
    """A Parley whose article has these names and texts as approved comments."""
    environment = _environment(var, **settings)
    write_migrated(var / "parley.db")
    _publish(var, comments)
    with _started(environment) as program:
        yield program


def wait_until(condition: Callable[[], object], *, seconds: float = 60) -> None:
    """Returns once the condition holds, fails when it does not in time."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"waited {seconds} seconds in vain"
        time.sleep(0.05)


def free_port(below: int = 32_768) -> int:
    """One that no connection gets before it is used: on Linux these have ports from 32,768 on."""
    while True:
        port = SystemRandom().randrange(20_000, below)
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


def _is_own(site: str) -> bool:
    return site == _own_name() or site.startswith(f"{_own_name()}-")


def _own_name() -> str:
    """That of the module whose test runs: embed-pages for test_embed_pages.py."""
    module = Path(os.environ["PYTEST_CURRENT_TEST"].partition("::")[0]).stem
    return module.removeprefix("test_").replace("_", "-")


def _environment(var: Path, **settings: str) -> dict[str, str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    port = str(free_port())
    own = {"PARLEY_VAR": str(var), "PARLEY_PORT": port, "PARLEY_SUBMIT_LIMIT": "off"}
    return {**others, **own, **settings}


@contextmanager
def _started(environment: Mapping[str, str]) -> Iterator[Program]:
    program = Program(f"http://127.0.0.1:{environment['PARLEY_PORT']}", environment)
    output = Path(environment["PARLEY_VAR"], "said.log")
    with output.open("wb") as log:
        command = [sys.executable, "-m", "cli", "up"]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_until(lambda: process.poll() is not None or _is_ready(program))
        assert process.poll() is None, output.read_text()
        yield program
    finally:
        process.terminate()
        process.wait(60)


def _parley(environment: Mapping[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "cli", *arguments]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return done.stdout


def _publish(var: Path, comments: Sequence[tuple[str, str]]) -> None:
    """Straight into the database, past every check that a submission meets."""
    database = open_database(f"sqlite:///{var / 'parley.db'}")
    site = Sites(database, utc_now).add(Site(0, "demo", "Demo", ()))
    for name, text in comments:
        submission = Submission(site="demo", page=DEMO_PAGE, name=name, text=text)
        Comments(database, utc_now).add(site, submission, Submitter())
    scoring = PendingComments(database, utc_now)
    claim = scoring.claim(len(comments))
    approved = Decision(Status.APPROVED)
    scoring.settle(
        claim, [DecidedComment(comment.id, approved, None, None) for comment in claim.comments]
    )
    database.close()


def _is_ready(program: Program) -> bool:
    try:
        return program.get("/readyz").status == 200
    except OSError:
        return False
