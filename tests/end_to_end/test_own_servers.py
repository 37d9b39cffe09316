"""The operator's own PostgreSQL and Redis, with several web servers and workers on them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from sqlalchemy import func, select

from moderation.comments import Status
from moderation.storage.database.engine import Database, open_database
from moderation.storage.schema.comments import comments
from moderation.storage.schema.decisions import decisions
from tests.support.pgbouncer import PROGRAM, pooled
from tests.support.postgresql import new_postgresql_database
from tests.support.program import free_port, wait_until

ORIGIN = "https://paper.example"


class Cluster:
    """Processes that share a database, a Redis and a secret, and nothing else."""

    def __init__(self, database_url: str, redis_url: str, folder: Path, stack: ExitStack) -> None:
        plain = {
            name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")
        }
        self.environment = plain | {
            "PARLEY_DATABASE_URL": database_url,
            "PARLEY_REDIS_URL": redis_url,
            "PARLEY_SECRET_KEY": "shared by all web servers of the test",
            "PARLEY_SUBMIT_LIMIT": "off",
        }
        self.folder = folder
        self._stack = stack

    def run(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "cli", *arguments]
        subprocess.run(command, env=self.environment, check=True, capture_output=True)

    def start(self, command: str, **settings: str) -> subprocess.Popen[bytes]:
        environment = self.environment | settings | {"PARLEY_VAR": str(self.folder)}
        process = subprocess.Popen([sys.executable, "-m", "cli", command], env=environment)
        self._stack.callback(process.wait, 20)
        self._stack.callback(process.terminate)
        return process

    def web_server(self) -> str:
        port = free_port()
        self.start("serve", PARLEY_PORT=str(port))
        return f"http://127.0.0.1:{port}"


@pytest.fixture(params=["direct", "pooled"])
def cluster(
    request: pytest.FixtureRequest,
    postgresql: str,
    redis_url: str,
    short_folder: Path,
    tmp_path: Path,
) -> Iterator[Cluster]:
    url = new_postgresql_database(postgresql, f"cluster_{request.param}")
    with ExitStack() as stack:
        if request.param == "pooled":
            if PROGRAM is None:
                pytest.skip("no pgbouncer is installed")
            url = stack.enter_context(
                pooled(url, short_folder, "transaction", "default_pool_size = 3")
            )
        cluster = Cluster(url, redis_url, tmp_path, stack)
        cluster.run("migrate")
        cluster.run("site", "add", "paper", "--origin", ORIGIN)
        yield cluster


def submit(at: str, number: int) -> None:
    fields = {"site": "paper", "page": "/a", "name": "Ada", "text": f"I agree with point {number}."}
    headers = {"Content-Type": "application/json", "Origin": ORIGIN}
    with urlopen(Request(f"{at}/v1/comments", json.dumps(fields).encode(), headers)) as answer:
        assert answer.status == 202


def answers(at: str, path: str) -> bool:
    try:
        with urlopen(f"{at}{path}", timeout=60) as answer:
            return bool(answer.status == 200)
    except OSError:  # a server that is starting accepts, and answers later
        return False


def test_many_servers_and_workers_decide_all_once_though_one_is_killed(cluster: Cluster) -> None:
    servers = [cluster.web_server() for _ in range(2)]
    workers = [cluster.start("work") for _ in range(2)]
    wait_until(lambda: all(answers(at, "/healthz") for at in servers))

    for number in range(60):
        submit(servers[number % 2], number)
        if number == 30:
            workers[0].send_signal(signal.SIGKILL)

    database = open_database(cluster.environment["PARLEY_DATABASE_URL"])
    wait_until(lambda: numbers(database)["pending"] == 0)
    totals = numbers(database)
    database.close()
    assert totals == {"comments": 60, "pending": 0, "decisions": 60}


def numbers(database: Database) -> dict[str, int]:
    count = select(func.count())
    with database.read() as connection:
        return {
            "comments": connection.execute(count.select_from(comments)).scalar_one(),
            "pending": connection.execute(
                count.select_from(comments).where(comments.c.status == Status.PENDING)
            ).scalar_one(),
            "decisions": connection.execute(count.select_from(decisions)).scalar_one(),
        }
