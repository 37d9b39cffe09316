"""What a comment costs in processor time, from its submission to a moderator's look."""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path

import psutil
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bench.problem import NotMeasured
from bench.queue.filled import SITE
from bench.system import LIMIT
from bench.texts import NAMES, texts
from cli.local.private_redis import private_redis
from judging.loaded_model import Model
from moderation.clock import utc_now
from moderation.config.settings import Settings
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database, open_database
from moderation.storage.decisions.claims import PendingComments
from moderation.storage.rules.comment_circumstances import CommentCircumstances
from service.app import create_app
from worker.scoring.drain import Drain

_SECRET = b"of a bench, and of nothing else."
_ORIGIN = "http://paper.test"
_PER_ROUND = len(NAMES)  # comments
_WARMING = 5  # rounds that do not count
_PAGE = "/articles/1"
_FIRST = 20_000_000  # a text that nobody has sent yet


class Stage(StrEnum):
    """What is done for a comment."""

    SUBMIT = "submit"
    DECIDE = "decide"
    SHOW = "show the page"
    REVIEW = "show the queue"


Costs = dict[Stage, float]  # milliseconds of processor time


def costs(folder: Path, url: str, model: Model, rounds: int) -> Costs:
    """The median of so many rounds. Raises NotMeasured."""
    with _redis(folder) as redis_url:
        settings = replace(
            Settings.read(
                {
                    "PARLEY_VAR": str(folder),
                    "PARLEY_REDIS_URL": redis_url,
                }
            ),
            database_url=url,
            submit_limit=None,
        )
        app, database = create_app(settings, _SECRET), open_database(url, pool_size=1)
        try:
            drain = _drain(database, model)
            Sites(database, utc_now).set_origins(SITE, (_ORIGIN,))
            moderators = Moderators(database, utc_now)
            moderators.add("Anna")
            reader, moderator = app.test_client(), app.test_client()
            moderator.post(f"/moderate/link/{moderators.new_link('Anna')}")
            rounds_of = _Rounds(reader, moderator, drain.once, _Meter(database))
            return _medians(rounds_of, rounds)
        finally:
            database.close()
            _close(app)


class _Rounds:
    """Comments that are written, decided, read and looked at; each stage is timed by itself."""

    def __init__(
        self,
        reader: FlaskClient,
        moderator: FlaskClient,
        decide: Callable[[], int],
        meter: "_Meter",
    ) -> None:
        self._reader = reader
        self._moderator = moderator
        self._decide = decide
        self._spent = meter.milliseconds
        self._written = 0

    def one(self) -> Costs:
        """Milliseconds of one comment, or of one look."""
        written = texts(_PER_ROUND, _FIRST + self._written)
        self._written += _PER_ROUND
        submitted = self._spent(lambda: self._submit(written))
        return {
            Stage.SUBMIT: submitted / _PER_ROUND,
            Stage.DECIDE: self._spent(self._decide) / _PER_ROUND,
            Stage.SHOW: self._spent(
                lambda: self._get(
                    self._reader, f"/v1/comments?site={SITE}&page={_PAGE}&limit={LIMIT}"
                )
            ),
            Stage.REVIEW: self._spent(lambda: self._get(self._moderator, "/moderate")),
        }

    def _submit(self, written: Sequence[str]) -> None:
        for name, text in zip(NAMES, written, strict=True):
            fields = {"site": SITE, "page": _PAGE, "name": name, "text": text}
            answer = self._reader.post("/v1/comments", json=fields, headers={"Origin": _ORIGIN})
            _expect(answer, HTTPStatus.ACCEPTED)

    def _get(self, client: FlaskClient, path: str) -> None:
        _expect(client.get(path), HTTPStatus.OK)


def _medians(rounds: _Rounds, number: int) -> Costs:
    every = defaultdict(list)
    for k in range(_WARMING + number):
        for stage, cost in rounds.one().items():
            if k >= _WARMING:
                every[stage].append(cost)
    return {stage: statistics.median(values) for stage, values in every.items()}


class _Meter:
    """Reads the processor time of this process, and that of a PostgreSQL on this machine."""

    def __init__(self, database: Database) -> None:
        self._server: psutil.Process | None = None
        if database.write_lock is None:
            with database.read() as connection:
                backend = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            self._server = psutil.Process(backend).parent()

    def milliseconds(self, work: Callable[[], object]) -> float:
        """What the work costs."""
        server, began = self._server_seconds(), time.process_time()
        work()
        own = time.process_time() - began
        return (own + self._server_seconds() - server) * 1000

    def _server_seconds(self) -> float:
        backends = [] if self._server is None else self._server.children()
        return sum(_seconds(backend.pid) for backend in backends)


def _seconds(process: int) -> float:
    """Of one that runs, to the nanosecond: what psutil reads is in hundredths of a second."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0.0


def _expect(answer: TestResponse, status: HTTPStatus) -> None:
    if answer.status_code != status:
        sentence = f"{answer.request.path} answered {answer.status}: {answer.text[:200]}"
        raise NotMeasured(sentence)


def _drain(database: Database, model: Model) -> Drain:
    """As a job has it, but without the limit of time that ends its process."""
    return Drain(
        PendingComments(database, utc_now),
        Sites(database, utc_now).with_ids,
        model.classifier,
        model.policy,
        staff=Moderators(database, utc_now).names,
        circumstances=CommentCircumstances(database).of,
    )


@contextmanager
def _redis(folder: Path) -> Iterator[str]:
    redis, url = private_redis(folder)
    redis.start()
    try:
        yield url
    finally:
        redis.stop()


def _close(app: Flask) -> None:
    app.extensions["parley"].database.close()
