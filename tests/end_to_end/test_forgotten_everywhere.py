"""What one reader left in every corner of a running Parley is gone after `parley forget`."""

import json
import sqlite3
import zlib
from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from redis import Redis
from sqlalchemy import select

from moderation.accounts.moderators import ALL_SITES
from moderation.clock import utc_now
from moderation.comments import Status
from moderation.labels import Label, LabelSource
from moderation.review.search_filter import Filter
from moderation.sanctions import SanctionKind
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database, open_database
from moderation.storage.labels.labels import Labels
from moderation.storage.review.notes import Notes
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.sanctions import Sanctions
from moderation.storage.schema.comments import comments
from moderation.storage.schema.review import reports
from moderation.storage.search.bulk_decisions import BulkDecisions
from moderation.storage.search.search import Search
from tests.support.flagged_comments import as_seen
from tests.support.program import Program, running, wait_until
from tests.support.webhook_receiver import Receiver, receiving

ADDRESS, NAME = "203.0.113.77", "Zephyrine"
FIRST, EDITED, LATER = "quillfeather", "thistledown", "marzipanova"
REPORT, APPEAL, NOTE, BAN = "grumblewick", "pleadwell", "notewise", "banhammered"
MARKS = (NAME, FIRST, EDITED, LATER, REPORT, APPEAL, NOTE, BAN)
FAIL = "CREATE TRIGGER broken BEFORE UPDATE ON comments BEGIN SELECT RAISE(ABORT, 'broken'); END"


@pytest.fixture
def receivers() -> Iterator[tuple[Receiver, Receiver]]:
    """One that takes what it is sent, and one that never does."""
    with receiving() as receiver, receiving() as failing:
        failing.answers = [echo] * 100
        yield receiver, failing


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    settings = {
        "PARLEY_WEBHOOK_PRIVATE": "127.0.0.1",
        "PARLEY_TRUSTED_PROXIES": "127.0.0.1",
        "PARLEY_SUBMIT_LIMIT": "1000 per hour",
        "PARLEY_LOG_LEVEL": "debug",
    }
    with running(tmp_path, **settings) as program:
        yield program


@pytest.fixture
def database(program: Program, tmp_path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{tmp_path / 'parley.db'}")
    yield database
    database.close()


def ask(program: Program, path: str, method: str = "POST", token: str = "", **fields: Any) -> Any:
    headers = {
        "Content-Type": "application/json",
        "Origin": program.url,
        "X-Forwarded-For": ADDRESS,
        "Idempotency-Key": json.dumps(fields)[:200],
        "Parley-Author-Token": token,
    }
    body = json.dumps(fields).encode()
    request = Request(program.url + path, body, headers, method=method)
    with urlopen(request, timeout=60) as answer:
        return json.load(answer)


def submit(program: Program, word: str) -> Any:
    text = f"Thank you for this good article about {word}."
    return ask(program, "/v1/comments", site="demo", page="/a", name=NAME, text=text)


def echo(handler: BaseHTTPRequestHandler) -> None:
    """A receiver that fails and says what it was sent."""
    handler.send_response(500)
    handler.end_headers()
    handler.wfile.write(NAME.encode() + FIRST.encode())


class Newsroom:
    """A moderator, and what they do about the reader."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._comments = Comments(database, utc_now)
        self._anna = Moderators(database, utc_now).add("Anna").id

    def wait(self, comment_id: str) -> None:
        wait_until(lambda: self._comments.get(comment_id).status is not Status.PENDING)

    def decide(self, comment_id: str, status: Any) -> None:
        seen = as_seen(self._comments.get(comment_id))
        if seen.state.status is not status:
            queue = ReviewQueue(self._database, utc_now, ALL_SITES)
            queue.decide(seen, status, moderator_id=self._anna)

    def write_about(self, comment_id: str) -> None:
        of_all = (self._database, utc_now, ALL_SITES)
        Notes(*of_all).add(comment_id, f"{NAME}? {NOTE}", moderator_id=self._anna)
        until, ban = utc_now() + timedelta(days=9), SanctionKind.ALWAYS_FLAG
        Sanctions(*of_all).impose(comment_id, ban, until, moderator_id=self._anna, reason=BAN)
        bulks = BulkDecisions(*of_all, Search(*of_all))
        words = Filter(text=EDITED, site="demo")
        bulks.decide(words, Status.REJECTED, upto=comment_id, moderator_id=self._anna)


def leave_traces(program: Program, database: Database) -> None:
    """Submitted, reported, edited, noted, rejected, appealed."""
    newsroom = Newsroom(database)
    sent = submit(program, FIRST)
    comment, token = f"/v1/comments/{sent['id']}", sent["author_token"]
    newsroom.wait(sent["id"])
    text = f"Thank you for this good article about {FIRST}."
    label = Label(text, "spam", 1.0, LabelSource.AKISMET)
    Labels(database, utc_now).add(Sites(database, utc_now).get("demo"), [label])
    ask(program, f"{comment}/reports", reason="other", text=REPORT)
    ask(program, comment, "PATCH", token, text=f"Thank you for this good article on {EDITED}.")
    newsroom.wait(sent["id"])
    newsroom.write_about(sent["id"])
    newsroom.decide(sent["id"], Status.REJECTED)
    ask(program, f"{comment}/appeal", token=token, text=APPEAL)


def fail_a_job(program: Program, redis: Redis, folder: Path) -> None:
    """A comment that no worker can decide: its job fails, and Redis keeps why."""
    with closing(sqlite3.connect(folder / "parley.db", timeout=60)) as connection:
        connection.execute(FAIL)
        submit(program, LATER)
        wait_until(lambda: "broken" in kept(redis))
        connection.execute("DROP TRIGGER broken")


def kept(redis: Any) -> str:
    """What Redis has, as it is and as RQ packs what went wrong."""
    keys = list(redis.scan_iter())
    pieces = [*keys, *((redis.dump(key) or b"") for key in keys)]
    for key in keys:
        if redis.type(key) == b"hash":
            pieces += map(unpacked, redis.hgetall(key).values())
        if redis.type(key) == b"stream":
            pieces += (unpacked(one) for _, row in redis.xrange(key) for one in row.values())
    return b"\n".join(pieces).decode("latin-1")


def unpacked(value: bytes) -> bytes:
    for unpack in (zlib.decompress, lambda text: zlib.decompress(b64decode(text))):
        with suppress(ValueError, zlib.error):
            return bytes(unpack(value))
    return value


def hashes_in(database: Database) -> list[str]:
    columns = (comments.c.address_hash, reports.c.address_hash)
    with database.read() as connection:
        return [one for column in columns for one in connection.execute(select(column)).scalars()]


def everything(folder: Path, redis: Redis) -> str:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return "\n".join([kept(redis), *(path.read_bytes().decode("latin-1") for path in files)])


def marks_in(text: str) -> list[str]:
    return [mark for mark in MARKS if mark.lower() in text.lower()]


def test_nothing_of_a_forgotten_reader_is_left(
    program: Program,
    receivers: tuple[Receiver, Receiver],
    database: Database,
    tmp_path: Path,
) -> None:
    redis = Redis(unix_socket_path=str(tmp_path / "redis.sock"))
    for receiver in receivers:
        program.command("webhook", "add", receiver.url)
    leave_traces(program, database)
    wait_until(lambda: receivers[0].received and receivers[1].received)
    fail_a_job(program, redis, tmp_path)
    logs = (tmp_path / "said.log").read_text() + (tmp_path / "redis.log").read_text()
    before = everything(tmp_path, redis)
    address_hashes = hashes_in(database)

    def is_forgotten() -> bool:
        program.command("forget", "--address", ADDRESS, "--yes")
        return not marks_in(everything(tmp_path, redis))

    wait_until(is_forgotten)

    after = everything(tmp_path, redis)
    assert marks_in(before) == list(MARKS)
    assert address_hashes
    assert [one for one in address_hashes if one in kept(redis)] == []
    assert marks_in(logs) == []
    assert ADDRESS not in logs + before + after
    assert NAME in receivers[0].received[0].body.decode()
