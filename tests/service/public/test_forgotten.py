"""What `parley forget` forgets is nowhere any more: tables, outbox, Redis, output and files."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from redis import Redis
from sqlalchemy import select, text

from cli.main import parley
from moderation.accounts.moderators import ALL_SITES
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.database.engine import Database
from moderation.storage.review.notes import Notes
from moderation.storage.schema.metadata import metadata
from service.app import create_app
from tests.support.clock import FakeClock

SECRET_KEY = "0123456789abcdef" * 4
ADDRESS = "203.0.113.77"
ORIGIN = {"Origin": "https://paper.example"}
PRIVATE = ("Zephyrine", "Quillfeather")  # name and text


@pytest.fixture
def reader_app(database_url: str, redis_url: str, clock: FakeClock, site: Site) -> Iterator[Flask]:
    settings = replace(Settings.read({}), database_url=database_url, redis_url=redis_url)
    secret = server_secret(Settings.read({"PARLEY_SECRET_KEY": SECRET_KEY}))
    app = create_app(settings, secret, clock)
    yield app
    app.extensions["parley"].database.close()


def everything(database: Database, redis: Redis, database_url: str) -> str:
    """All that is kept, as one text."""
    is_file = database_url.startswith("sqlite")
    with database.read() as connection:
        rows = [
            str(tuple(row))
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
        ]
        if not is_file:  # SQLite's index cannot be read as rows: its bytes are looked at
            rows += [str(row) for row in connection.execute(text("SELECT * FROM comment_words"))]
    rows += [key.decode() for key in redis.scan_iter()]
    path = Path(database_url.removeprefix("sqlite:///"))
    if is_file:
        rows += [file.read_bytes().decode("latin-1") for file in path.parent.glob(f"{path.name}*")]
    return "\n".join(rows)


def test_nothing_is_left_of_a_forgotten_reader(
    reader_app: Flask,
    database: Database,
    database_url: str,
    redis_url: str,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    client, redis = reader_app.test_client(), Redis.from_url(redis_url)
    fields = {"site": "demo", "page": "/a", "name": PRIVATE[0], "text": f"{PRIVATE[1]} wrote this"}
    sent = client.post(
        "/v1/comments", json=fields, headers=ORIGIN, environ_base={"REMOTE_ADDR": ADDRESS}
    )
    comment_id = (sent.json or {})["id"]
    anna = Moderators(database, clock).add("Anna")
    notes = Notes(database, clock, ALL_SITES)
    notes.add(comment_id, f"Is {PRIVATE[0]} back?", moderator_id=anna.id)
    before = everything(database, redis, database_url)
    (address_hash,) = set(
        re.findall(r"[0-9a-f]{32}", " ".join(key.decode() for key in redis.scan_iter("*limits*")))
    )
    for name, value in (("DATABASE_URL", database_url), ("REDIS_URL", redis_url)):
        monkeypatch.setenv(f"PARLEY_{name}", value)
    monkeypatch.setenv("PARLEY_SECRET_KEY", SECRET_KEY)

    done = CliRunner().invoke(parley, ["forget", "--address", ADDRESS, "--yes"])

    after = everything(database, redis, database_url) + "".join(capsys.readouterr())
    assert done.exit_code == 0, done.output
    marks = (*PRIVATE, PRIVATE[0].lower(), address_hash)
    assert [mark in before for mark in marks] == [True, True, True, True]
    assert [mark for mark in (*marks, ADDRESS) if mark in after] == []
