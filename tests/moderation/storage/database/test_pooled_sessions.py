"""PgBouncer in between: each transaction may have another session of PostgreSQL."""

import secrets
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from cli.main import parley
from moderation.clock import utc_now
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database, open_database
from moderation.storage.migrate import migrate
from tests.support.concurrency import together
from tests.support.factories import submission
from tests.support.pgbouncer import PROGRAM, pooled
from tests.support.postgresql import new_postgresql_database

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no pgbouncer is installed")
FEWER = "default_pool_size = 2"  # sessions than Parley has connections
IGNORING = "ignore_startup_parameters = options"


@pytest.fixture(scope="module")
def direct_url(postgresql: str) -> str:
    return new_postgresql_database(postgresql, "pooled")


@pytest.fixture(
    params=[
        pytest.param(("session", "default_pool_size = 4"), id="session"),
        pytest.param(("transaction", FEWER), id="transaction"),
        pytest.param(("transaction", FEWER, IGNORING), id="options ignored"),
    ]
)
def behind(
    request: pytest.FixtureRequest, direct_url: str, short_folder: Path
) -> Iterator[Database]:
    with pooled(direct_url, short_folder, *request.param) as url:
        database = open_database(url)
        migrate(database)
        yield database
        database.close()


def limits(connection: object) -> tuple[str, ...]:
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    query = ", ".join(f"current_setting('{name}')" for name in names)
    return tuple(connection.execute(text(f"SELECT {query}")).one())  # type: ignore[attr-defined]


def test_each_transaction_has_its_limits_and_leaves_none_behind(behind: Database) -> None:
    with behind.write() as connection:
        assert limits(connection) == ("5s", "2s", "30s")

    with behind.read() as connection:
        assert limits(connection) == ("0", "0", "0")


def test_statements_that_come_often_work_in_every_session(behind: Database) -> None:
    def ask() -> list[object]:
        with behind.read() as connection:
            return [connection.execute(text("SELECT :n + 1"), {"n": n}).scalar() for n in range(20)]

    assert together(*[ask] * 4) == [[n + 1 for n in range(20)]] * 4


def test_comments_of_many_threads_are_stored_once_each(behind: Database) -> None:
    site = Sites(behind, utc_now).add(
        Site(0, secrets.token_hex(4), "Paper", ("https://paper.example",))
    )
    comments = Comments(behind, utc_now)

    def submit(number: int) -> str:
        return comments.add(site, submission(text=f"Point {number}."), Submitter()).id

    ids = together(*(partial(submit, number) for number in range(12)))

    assert sorted(comments.get(str(id_)).text for id_ in ids) == sorted(
        f"Point {number}." for number in range(12)
    )


@pytest.mark.parametrize(
    ("limit", "severity"), [("0", "warning"), ("5s", "ok")], ids=["without", "with"]
)
def test_doctor_warns_of_reads_without_a_limit(
    direct_url: str, short_folder: Path, monkeypatch: pytest.MonkeyPatch, limit: str, severity: str
) -> None:
    direct = open_database(direct_url)
    migrate(direct)
    with direct.write() as connection:
        connection.execute(text(f"ALTER DATABASE pooled SET statement_timeout = '{limit}'"))
    direct.close()

    with pooled(direct_url, short_folder, "transaction") as url:
        monkeypatch.setenv("PARLEY_DATABASE_URL", url)
        lines = CliRunner().invoke(parley, ["doctor"]).output.splitlines()

    assert [line.split()[0] for line in lines if " pooler: " in line] == [severity]


def test_statement_pooling_is_refused_with_what_would_be_right(
    direct_url: str, short_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pooled(direct_url, short_folder, "statement") as url:
        monkeypatch.setenv("PARLEY_DATABASE_URL", url)
        done = CliRunner().invoke(parley, ["migrate"])

    assert done.exit_code == 2
    assert "PgBouncer takes no transactions (pool_mode = statement)" in done.output
    assert "set pool_mode = transaction" in done.output
