"""What cannot start says so in one sentence, with exit code 2 and no traceback."""

import fcntl
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

_PORT = "1024"  # not the default one, where somebody's own Parley may run


def parley(var: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    return subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        env={**plain, "PARLEY_VAR": str(var), "PARLEY_PORT": _PORT, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def assert_refused(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Error: ")
    for words in parts:
        assert words in done.stderr


@pytest.fixture
def taken_port() -> Iterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield str(listener.getsockname()[1])


@pytest.fixture
def evicting_redis(redis_url: str) -> Iterator[str]:
    with Redis.from_url(redis_url) as redis:
        redis.config_set("maxmemory-policy", "allkeys-lru")
        yield redis_url
        redis.config_set("maxmemory-policy", "noeviction")


def test_taken_port(tmp_path: Path, taken_port: str) -> None:
    done = parley(tmp_path, "up", PARLEY_PORT=taken_port)

    assert_refused(done, f"port {taken_port} on 127.0.0.1 cannot be had", "PARLEY_PORT=")


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    done = parley(tmp_path / "file" / "var", "up")

    assert_refused(done, "PARLEY_VAR is", "cannot be written")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARLEY_PORT", "eighty"),
        ("PARLEY_SUBMIT_LIMIT", "lots"),
        ("PARLEY_DATABASE_URL", "mysql://localhost/parley"),
        ("PARLEY_DATABSE_URL", "sqlite:///x.db"),
    ],
)
def test_wrong_setting(tmp_path: Path, name: str, value: str) -> None:
    assert_refused(parley(tmp_path, "up", **{name: value}), name)


@pytest.mark.parametrize("command", ["up", "serve", "work"])
def test_redis_that_would_drop_the_queue(tmp_path: Path, evicting_redis: str, command: str) -> None:
    done = parley(tmp_path, command, PARLEY_REDIS_URL=evicting_redis)

    assert_refused(done, "maxmemory-policy is allkeys-lru, but must be noeviction")


def test_database_that_does_not_answer(tmp_path: Path) -> None:
    url = "postgresql+psycopg://parley:secret@127.0.0.1:1/parley"

    done = parley(tmp_path, "up", PARLEY_DATABASE_URL=url)

    assert_refused(done, "the database cannot be used", "PARLEY_DATABASE_URL")
    assert "secret" not in done.stderr


def test_a_command_in_another_folder_is_told_where_it_looked(tmp_path: Path) -> None:
    done = parley(tmp_path, "site", "list", PARLEY_VAR=str(tmp_path / "elsewhere"))

    assert_refused(done, f"PARLEY_VAR the folder of the default one, {tmp_path}/elsewhere now")


def test_database_nobody_migrated(tmp_path: Path, redis_url: str) -> None:
    done = parley(tmp_path, "serve", PARLEY_REDIS_URL=redis_url)

    assert_refused(done, "`parley migrate` brings it there")


@pytest.mark.parametrize("command", ["up", "serve", "work", "migrate", "site list"])
def test_database_of_a_newer_parley(tmp_path: Path, redis_url: str, command: str) -> None:
    parley(tmp_path, "migrate")
    with sqlite3.connect(tmp_path / "parley.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()

    done = parley(tmp_path, *command.split(), PARLEY_REDIS_URL=redis_url)

    assert_refused(done, "which only a newer Parley knows: install that version again")
    assert "migrate" not in done.stderr


DATABASE_COMMANDS = (
    "up",
    "serve",
    "work",
    "work --check",
    "migrate",
    "site list",
    "moderator list",
    "audit list",
    "audit verify",
    "webhook list",
)


@pytest.mark.parametrize("command", DATABASE_COMMANDS)
def test_damaged_database(tmp_path: Path, redis_url: str, command: str) -> None:
    (tmp_path / "parley.db").write_bytes(b"this is no database, it is noise. " * 400)

    done = parley(tmp_path, *command.split(), PARLEY_REDIS_URL=redis_url)

    assert_refused(done, "the database cannot be used: file is not a database")


def test_folder_that_another_parley_holds(tmp_path: Path) -> None:
    with (tmp_path / "parley.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)

        done = parley(tmp_path, "up")

    assert_refused(done, "another Parley runs with PARLEY_VAR")


def test_server_without_a_redis_of_its_own(tmp_path: Path) -> None:
    assert_refused(parley(tmp_path, "serve"), "PARLEY_REDIS_URL is not set")
