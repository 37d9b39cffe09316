"""Parley: the processes of `parley up`, each started on its own so that a worker can be away."""

import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from bench.memory import Memory
from bench.problem import NotMeasured
from bench.programs import Program, free_port, run, started, wait_for
from bench.system import LIMIT
from bench.texts import NAMES
from bench.wire import HOST, ask, get, post_json
from cli.local.private_redis import private_redis
from moderation.clock import utc_now
from moderation.storage.database.engine import open_database
from moderation.storage.sites.coral_secrets import CoralSecrets

SITE = "bench"
_PENDING = b'parley_comments{status="pending"} '
_DECIDE_SECONDS = 300.0


class Parley:
    """One running Parley, with a site of its own in a fresh folder. Its worker comes and goes.

    Its database is new unless one is given, which must not have that site yet.
    """

    name = "Parley"
    accepted = 202

    def __init__(
        self,
        folder: Path,
        database_url: str | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.port = free_port()
        self._folder = folder
        var = folder / "parley"
        shutil.rmtree(var, ignore_errors=True)
        var.mkdir(parents=True)
        self.database_url = database_url or f"sqlite:///{var / 'parley.db'}"
        self._redis, redis_url = private_redis(var)
        own = _environment(var, self.port, self.database_url, redis_url)
        self._environment = own | dict(settings or {})
        self._parley("migrate")
        self._parley("site", "add", SITE, "--origin", f"http://{HOST}:{self.port}")
        self._redis.start()
        self._web: Program | None = None
        self._workers: list[Program] = []

    def serve(self) -> None:
        """Start the web server, wait until it answers."""
        self._web = self._started("serve")
        started(self._web, lambda: self._get("/healthz") is not None, "parley serve")

    def start_work(self) -> None:
        """Start one more worker."""
        self._workers.append(self._started("work"))

    def work(self) -> None:
        """Start a worker, wait until it is ready."""
        self.start_work()
        started(self._workers[-1], lambda: self._problem() is None, "parley work")

    def rest(self) -> None:
        """Stop all workers."""
        while self._workers:
            self._workers.pop().stop()

    def submissions(self, page: str, texts: Sequence[str]) -> list[bytes]:
        """Requests that leave one comment each."""
        fields = {"site": SITE, "page": page}
        return [
            post_json(
                self.port,
                "/v1/comments",
                {**fields, "name": NAMES[k % len(NAMES)], "text": text},
            )
            for k, text in enumerate(texts)
        ]

    def score_key(self) -> str:
        """A key that asks for scores."""
        return self._parley("site", "key", SITE, "--scope", "score").strip()

    def take_coral_secret(self, secret: str) -> None:
        """Let a Coral ask that signs by this secret."""
        database = open_database(self.database_url, pool_size=1)
        CoralSecrets(database, utc_now).add(SITE, secret)
        database.close()

    def first_page(self, page: str) -> bytes:
        """The request for the first LIMIT comments of a page."""
        return self._page(page, LIMIT)

    def count(self, page: str) -> int:
        """How many comments readers see under the page."""
        return int(json.loads(ask(self.port, self._page(page, 1)).body)["count"])

    def pending(self) -> int:
        """How many comments wait for a decision."""
        figures = self._get("/metrics") or b""
        _, separator, rest = figures.partition(_PENDING)
        if not separator:
            sentence = "Parley's /metrics does not say how many comments are pending"
            raise NotMeasured(sentence)
        return int(float(rest.split(b"\n", 1)[0]))

    def settle(self) -> None:
        """Wait until everything accepted is decided."""
        wait_for(lambda: self.pending() == 0, "deciding what is pending", _DECIDE_SECONDS)

    def storing(self) -> str:
        """How safely an accepted comment is stored, in SQLite's words."""
        database = open_database(self.database_url, pool_size=1)
        with database.read() as connection:
            journal, synchronous = (
                connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("journal_mode", "synchronous")
            )
        database.close()
        return f"journal_mode={journal} synchronous={synchronous}"

    def web_memory(self) -> Memory:
        """Of what answers requests."""
        return self._web.memory() if self._web else Memory(0, 0)

    def processes(self) -> dict[str, int]:
        """The topmost process of each part that runs, by the part's name."""
        parts = {"web server": self._web, "worker": self._workers[0] if self._workers else None}
        programs = {name: program.pid for name, program in parts.items() if program is not None}
        redis = self._redis.process
        return programs if redis is None else programs | {"Redis": redis.pid}

    def worker_memory(self) -> Memory:
        """Of what scores, of one worker."""
        return self._workers[0].memory() if self._workers else Memory(0, 0)

    def stop(self) -> None:
        """End everything."""
        self.rest()
        if self._web is not None:
            self._web.stop()
        self._redis.stop()

    def new_moderator(self, name: str) -> str:
        """The link with which somebody who may decide everything signs in, once."""
        return self._parley("moderator", "add", name).split()[-1]

    def _parley(self, *words: str) -> str:
        return run(
            (sys.executable, "-m", "cli", *words), f"run parley {words[0]}", self._environment
        )

    def _started(self, word: str) -> Program:
        command = (sys.executable, "-m", "cli", word)
        log = self._folder / f"parley-{word}-{len(self._workers)}.log"
        return Program(command, log, self._environment)

    def _page(self, page: str, limit: int) -> bytes:
        where = f"/v1/comments?site={SITE}&page={quote(page, safe='')}&limit={limit}"
        return get(self.port, where)

    def _get(self, path: str) -> bytes | None:
        try:
            return ask(self.port, get(self.port, path)).body
        except OSError:
            return None

    def _problem(self) -> str | None:
        checks = json.loads(self._get("/readyz") or b'{"checks": {"web": "does not answer"}}')
        wrong = [problem for problem in checks["checks"].values() if problem != "ok"]
        return wrong[0] if wrong else None


def own_comment(port: int, comment_id: str, author_token: str) -> bytes:
    """The request with which an author reads the own comment."""
    return get(port, f"/v1/comments/{comment_id}", {"Parley-Author-Token": author_token})


def _environment(var: Path, port: int, database_url: str, redis_url: str) -> dict[str, str]:
    """Ours alone: whatever else PARLEY_... is set to where the run was started."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    return {
        **others,
        "PARLEY_VAR": str(var),
        "PARLEY_HOST": HOST,
        "PARLEY_PORT": str(port),
        "PARLEY_DATABASE_URL": database_url,
        "PARLEY_REDIS_URL": redis_url,
        "PARLEY_SUBMIT_LIMIT": "off",
    }
