"""A PostgreSQL that is silent: every wait ends, and the pool is well again by itself."""

import secrets
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.bounded_connection import BoundedConnection
from moderation.storage.database.driver_errors import CommitUnconfirmed
from moderation.storage.database.engine import Database, DatabaseUnavailable, open_database
from moderation.storage.migrate import migrate
from tests.support.clock import FakeClock
from tests.support.concurrency import together
from tests.support.factories import submission
from tests.support.tcp_proxy import TcpProxy, proxied

CONNECTIONS = 4
COMMIT = b"COMMIT\0"  # not what begins a transaction that is READ COMMITTED


@pytest.fixture
def proxy(postgresql: str) -> Iterator[TcpProxy]:
    folder = make_url(postgresql).query["host"]
    with proxied(f"{folder}/.s.PGSQL.5432") as proxy:
        yield proxy


@pytest.fixture
def behind_proxy(
    proxy: TcpProxy, postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    monkeypatch.setattr(BoundedConnection, "answer_seconds", 0.3)
    url = make_url(postgresql).set(
        drivername="postgresql+psycopg", host="127.0.0.1", port=proxy.port, query={}
    )
    database = open_database(url.render_as_string(hide_password=False), pool_size=CONNECTIONS)
    yield database
    database.close()


def ask(database: Database) -> object:
    with database.read() as connection:
        return connection.execute(text("SELECT 1")).scalar()


def test_all_connections_silent_are_given_up_and_new_ones_made(
    proxy: TcpProxy, behind_proxy: Database
) -> None:
    questions = [partial(ask, behind_proxy)] * CONNECTIONS
    assert together(*questions) == [1] * CONNECTIONS

    proxy.swallow()

    for _ in range(3):
        answers = together(*questions)
        assert all(answer == 1 or isinstance(answer, DatabaseUnavailable) for answer in answers)
    assert together(*questions) == [1] * CONNECTIONS


def test_an_answer_lost_within_a_transaction_ends_it(
    proxy: TcpProxy, behind_proxy: Database
) -> None:
    def lose_an_answer() -> None:
        with behind_proxy.write() as connection:
            connection.execute(text("SELECT 1"))
            proxy.swallow()
            connection.execute(text("SELECT 2"))

    with pytest.raises(DatabaseUnavailable, match="has not answered for"):
        lose_an_answer()

    assert ask(behind_proxy) == 1


def test_a_connection_that_is_never_made_is_given_up(
    proxy: TcpProxy, behind_proxy: Database
) -> None:
    proxy.swallow_new()

    with pytest.raises(DatabaseUnavailable, match="timeout expired"):
        ask(behind_proxy)


def test_a_standby_is_let_go_of(behind_proxy: Database) -> None:
    def write_on_standby() -> None:
        with behind_proxy.write() as connection:
            connection.execute(text("SET TRANSACTION READ ONLY"))
            pid = connection.execute(text("SELECT pg_backend_pid()")).scalar()
            pids.append(pid)
            connection.execute(text("CREATE TABLE never (made int)"))

    pids: list[object] = []
    with pytest.raises(DatabaseUnavailable, match="read-only transaction"):
        write_on_standby()

    with behind_proxy.read() as connection:
        assert connection.execute(text("SELECT pg_backend_pid()")).scalar() not in pids


@pytest.fixture
def behind_proxy_with_site(
    proxy: TcpProxy, behind_proxy: Database, clock: FakeClock
) -> Iterator[tuple[Comments, Site]]:
    migrate(behind_proxy)
    sites = Sites(behind_proxy, clock)
    site = sites.add(Site(0, secrets.token_hex(4), "Demo", ("https://paper.example",)))
    yield Comments(behind_proxy, clock), site
    proxy.lost_after = proxy.lost_from = None


def stored(database: Database, site: Site) -> object:
    with database.read() as connection:
        query = text("SELECT count(*) FROM comments WHERE site_id = :site")
        return connection.execute(query, {"site": site.id}).scalar()


def test_a_comment_whose_commit_was_not_answered_is_looked_for(
    proxy: TcpProxy, behind_proxy: Database, behind_proxy_with_site: tuple[Comments, Site]
) -> None:
    comments, site = behind_proxy_with_site
    proxy.lost_after = COMMIT

    comment = comments.add(site, submission(), Submitter())

    assert comments.get(comment.id) == comment
    assert stored(behind_proxy, site) == 1


def test_a_comment_whose_commit_was_lost_is_not_stored(
    proxy: TcpProxy, behind_proxy: Database, behind_proxy_with_site: tuple[Comments, Site]
) -> None:
    comments, site = behind_proxy_with_site
    proxy.lost_from = COMMIT

    with pytest.raises(DatabaseUnavailable) as raised:
        comments.add(site, submission(), Submitter())

    assert not isinstance(raised.value, CommitUnconfirmed)
    assert stored(behind_proxy, site) == 0


def test_nobody_promises_what_nobody_can_be_asked(
    proxy: TcpProxy, behind_proxy_with_site: tuple[Comments, Site]
) -> None:
    comments, site = behind_proxy_with_site
    proxy.lost_after = COMMIT
    proxy.lost_from = b"user\0"  # what begins a connection: the next ones get no answer

    with pytest.raises(CommitUnconfirmed):
        comments.add(site, submission(), Submitter())


@pytest.mark.parametrize("pool_size", [0, 1])
def test_every_connection_of_parley_is_bounded(postgresql: str, pool_size: int) -> None:
    url = make_url(postgresql).set(drivername="postgresql+psycopg")
    database = open_database(url.render_as_string(hide_password=False), pool_size=pool_size)

    for connect in (database.read, database.write):
        with connect() as connection:
            assert isinstance(connection.connection.driver_connection, BoundedConnection)

    database.close()


def test_only_the_engine_opens_connections() -> None:
    root = Path(__file__).parents[4]
    packages = ("cli", "moderation", "service", "worker")
    sources = [path for package in packages for path in (root / package).rglob("*.py")]
    users = {path.name for path in sources if "create_engine(" in path.read_text()}

    assert users == {"engine.py"}
    assert not [path for path in sources if "psycopg.connect(" in path.read_text()]
