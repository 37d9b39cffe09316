"""What tests run on: a real SQLite file, a real PostgreSQL, a real Redis, a clock they set."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from redis import Redis

from cli.local.private_redis import private_redis
from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database, open_database
from moderation.storage.decisions.backlog import Backlog
from moderation.storage.decisions.claims import PendingComments
from moderation.storage.migrate import migrate
from moderation.storage.sites.site_keys import SiteKeys
from moderation.storage.sites.site_removal import SiteRemoval
from tests.support.clock import FakeClock
from tests.support.factories import submission
from tests.support.markers import markers_of
from tests.support.migrated_file import write_migrated
from tests.support.order import longest_first
from tests.support.own_connections import connections_closed, connections_recorded
from tests.support.postgresql import (
    EmptiedDatabase,
    new_postgresql_database,
    start_postgresql,
)
from tests.support.program import Program, SharedProgram, running, wait_until
from tests.support.webhook_receiver import Receiver, receiving

# No test measures time: what is slow on a busy machine is not wrong.
settings.register_profile("parley", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("parley")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give each test the markers of what it needs; of many processes none ends long after all."""
    for item in items:
        for marker in markers_of(item):
            item.add_marker(marker)
    if hasattr(config, "workerinput"):
        items.sort(key=longest_first(items))


@pytest.fixture(scope="session", autouse=True)
def _connections_recorded() -> Iterator[None]:
    with connections_recorded():
        yield


@pytest.fixture(autouse=True)
def _connections_closed(_connections_recorded: None) -> Iterator[None]:
    with connections_closed():
        yield


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def short_folder() -> Iterator[Path]:
    """A folder with a path short enough for sockets, which pytest's own is not."""
    folder = Path(tempfile.mkdtemp(prefix="parley-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql(short_folder: Path) -> Iterator[str]:
    """The URL of a PostgreSQL server of our own."""
    server = start_postgresql(short_folder / "postgresql")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: str) -> Iterator[EmptiedDatabase]:
    url = new_postgresql_database(postgresql, "parley")
    database = open_database(url)
    migrate(database)
    database.close()
    emptied = EmptiedDatabase(url)
    yield emptied
    emptied.disconnect()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated, empty database, on each of the two."""
    if request.param == "sqlite":
        path = tmp_path / "parley.db"
        write_migrated(path)
        return f"sqlite:///{path}"
    emptied: EmptiedDatabase = request.getfixturevalue("migrated_postgresql")
    emptied.empty()
    return emptied.url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = open_database(database_url)
    yield database
    database.close()


@pytest.fixture(scope="session")
def _redis_server(short_folder: Path) -> Iterator[str]:
    child, url = private_redis(short_folder)
    with subprocess.Popen(child.command) as process:
        try:
            wait_until((short_folder / "redis.sock").exists)
            yield url
        finally:
            process.terminate()


@pytest.fixture
def redis_url(_redis_server: str) -> str:
    """An empty Redis."""
    with Redis.from_url(_redis_server) as redis:
        redis.flushall()
    return _redis_server


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """One Parley for the tests that do not mind each other's comments and sites."""
    var = tmp_path_factory.mktemp("var")
    write_migrated(var / "parley.db")
    with running(var) as program:
        yield SharedProgram(program.url, program.environment)


@pytest.fixture
def sites(database: Database, clock: FakeClock) -> Sites:
    return Sites(database, clock)


@pytest.fixture
def site_keys(database: Database, clock: FakeClock) -> SiteKeys:
    return SiteKeys(database, clock)


@pytest.fixture
def removal(database: Database, clock: FakeClock) -> SiteRemoval:
    return SiteRemoval(database, clock)


@pytest.fixture
def comments(database: Database, clock: FakeClock) -> Comments:
    return Comments(database, clock)


@pytest.fixture
def scoring(database: Database, clock: FakeClock) -> PendingComments:
    return PendingComments(database, clock)


@pytest.fixture
def backlog(database: Database, clock: FakeClock) -> Backlog:
    return Backlog(database, clock)


@pytest.fixture
def site(sites: Sites) -> Site:
    return sites.add(Site(0, "demo", "Demo", ("https://paper.example",)))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A web server that an operator's webhook tells."""
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def pending(comments: Comments, site: Site) -> Comment:
    return comments.add(site, submission(), Submitter())
