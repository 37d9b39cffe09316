"""`parley serve` starts anew without turning anybody away."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread

import psutil
import pytest

from tests.support.program import free_port, wait_until

RESTARTED, FAILED = '"event": "restarted"', '"event": "restart_failed"'


class WebServer:
    """A `parley serve` on a database of its own."""

    def __init__(self, var: Path, redis_url: str) -> None:
        self.port = free_port()
        self.database = var / "parley.db"
        self.log = var / "serve.log"
        settings = {"PARLEY_VAR": str(var), "PARLEY_REDIS_URL": redis_url}
        self.environment = {**os.environ, **settings, "PARLEY_PORT": str(self.port)}
        self._command("migrate")

    @contextmanager
    def running(self, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", "cli", "serve"]
        with self.log.open("wb") as log:
            process = subprocess.Popen(command, env={**self.environment, **settings}, stderr=log)
        try:
            wait_until(self.answers)
            yield process
        finally:
            process.terminate()
            process.wait(60)

    def answers(self) -> bool:
        try:
            return self.ask() == 200
        except OSError:
            return False

    def ask(self) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/healthz")
        status = connection.getresponse().status
        connection.close()
        return status

    def has_logged(self, event: str, times: int = 1) -> bool:
        return self.log.read_text().count(event) >= times

    def _command(self, name: str) -> None:
        command = [sys.executable, "-m", "cli", name]
        subprocess.run(command, env=self.environment, check=True, capture_output=True)


@pytest.fixture
def server(tmp_path: Path, redis_url: str) -> WebServer:
    return WebServer(tmp_path, redis_url)


class Readers:
    """Four readers who ask again and again, each time by a new connection."""

    def __init__(self, server: WebServer, stack: ExitStack) -> None:
        self.answers: list[object] = []
        self._server = server
        self._stop = Event()
        for _ in range(4):
            thread = Thread(target=self._ask)
            thread.start()
            stack.callback(thread.join)
        stack.callback(self._stop.set)

    def _ask(self) -> None:
        while not self._stop.is_set():
            try:
                self.answers.append(self._server.ask())
            except OSError as error:
                self.answers.append(repr(error))


@pytest.mark.parametrize("processes", ["1", "2"])
def test_restart_by_sighup_fails_no_request(server: WebServer, processes: str) -> None:
    with server.running(PARLEY_WEB_PROCESSES=processes) as process, ExitStack() as stack:
        readers = Readers(server, stack)
        for times in range(1, 4):
            process.send_signal(signal.SIGHUP)
            wait_until(partial(server.has_logged, RESTARTED, times))
        stack.close()

        assert set(readers.answers) == {200}


def test_new_server_that_cannot_start_leaves_the_old_one(server: WebServer) -> None:
    with server.running() as process:
        server.database.rename(server.database.with_suffix(".away"))
        process.send_signal(signal.SIGHUP)
        wait_until(lambda: server.has_logged(FAILED))

        assert server.ask() == 200


def test_web_server_that_is_killed_is_followed_by_another(server: WebServer) -> None:
    with server.running() as process:
        (killed,) = psutil.Process(process.pid).children()
        seen = time.monotonic()
        wait_until(lambda: time.monotonic() - seen > 6)  # else it would crash again
        killed.kill()
        killed.wait(60)  # until then it may accept a connection yet

        assert server.ask() == 200  # the connection waits in the socket until it is served
        assert server.has_logged('"event": "web_server_ended"')


def test_socket_of_the_service_manager_is_taken(server: WebServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]
        code = (
            "import os, sys; os.dup2(int(sys.argv[1]), 3);"
            "os.environ['LISTEN_PID'] = str(os.getpid());"
            "os.execv(sys.executable, [sys.executable, '-m', 'cli', 'serve'])"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(listener.fileno())],
            env={**server.environment, "LISTEN_FDS": "1"},
            pass_fds=(listener.fileno(), 3) if listener.fileno() != 3 else (3,),
        )
        try:
            assert server.ask() == 200  # the connection waits in the socket until it is served
        finally:
            process.terminate()
            process.wait(60)


def test_figures_of_all_web_processes_are_counted_together(server: WebServer) -> None:
    with server.running(PARLEY_WEB_PROCESSES="2", TMPDIR=str(server.log.parent)):
        for _ in range(20):
            server.ask()
        connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("GET", "/metrics")
        figures = connection.getresponse().read().decode()
        connection.close()
        modes = [folder.stat().st_mode for folder in server.log.parent.glob("parley-metrics-*")]

    counted = 'parley_http_answers_total{method="GET",route="/healthz",status="200"} '
    assert float(figures.partition(counted)[2].partition("\n")[0]) >= 20
    assert "parley_doorbell_failures_total" in figures
    assert [mode & 0o777 for mode in modes] == [0o700]
    assert not list(server.log.parent.glob("parley-metrics-*"))


def test_ctrl_c_ends_it_in_order(server: WebServer) -> None:
    with server.running() as process:
        process.send_signal(signal.SIGINT)

        assert process.wait(60) == 0
