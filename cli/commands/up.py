"""`parley up`: everything on one machine with one command."""

import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from http.client import HTTPException
from typing import NoReturn
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import click
import structlog

from cli.local.listening_socket import check_port
from cli.local.preflight import ensure_var_writable, keep_files_private, lock_var
from cli.local.private_redis import (
    private_redis,
    redis_answers,
    set_aside_former_files,
    socket_path,
)
from cli.wrong_use import check_secret, read_settings
from moderation.config.logging_setup import log_to_stderr
from moderation.config.settings import Settings
from moderation.storage.revisions import is_newest_sqlite
from worker.child_process import ChildProcess
from worker.stop_request import StopRequest
from worker.supervision import Child, Supervised, supervise

log = structlog.get_logger()
_REDIS = "redis"
_START_SECONDS = 20.0
_READY_SECONDS = 5.0
_STOP_SECONDS = 3.5  # for each of web server and worker: with Redis all are gone within 10 s


@click.command(epilog="Example: PARLEY_PORT=8080 parley up")
def up() -> None:
    """Start Redis, the web server and a worker; Ctrl-C stops them all."""
    keep_files_private()
    settings = read_settings()
    ensure_var_writable(settings)
    with lock_var(settings):
        check_port(settings)
        check_secret(settings)
        log_to_stderr()
        _migrate(settings)
        _run(settings)


def _migrate(settings: Settings) -> None:
    """By a process of its own where it is needed: loading Alembic would slow every start."""
    if is_newest_sqlite(settings.database_url):
        return
    # By name: SQLAlchemy is a third of what must be loaded before anything can start.
    if not importlib.import_module("cli.context").is_migrated(settings):
        command = (sys.executable, "-m", "cli", "migrate")
        if code := subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:  # noqa: S603
            raise SystemExit(code)


def _run(settings: Settings) -> None:
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as `nohup` has it
            signal.signal(number, _interrupt)
    running: list[Supervised] = []
    try:
        redis_url = _start_redis(settings, running)
        _start_others(settings, redis_url, running)
        # By name, and while the others load what they need: it loads SQLAlchemy.
        links = importlib.import_module("cli.local.first_start").ensure_demo_and_admin(settings)
        _wait_for_redis(settings, running)
        # Redis may fail: then the sweep decides, and Redis is tried again.
        needed = [child.child for child in running if child.child.name != _REDIS]
        _wait_for(lambda: _fetch(settings, "/healthz") is not None, needed, _START_SECONDS)
        _print_addresses(settings, links, needed)
        supervise(running, StopRequest())
    except KeyboardInterrupt:
        click.echo("\nStopping.")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for supervised in running[::-1]:
            supervised.child.stop()


def _start(supervised: Supervised, running: list[Supervised]) -> None:
    running.append(supervised)
    supervised.start(time.monotonic())


def _start_redis(settings: Settings, running: list[Supervised]) -> str:
    """Start it, unless the operator has one; it answers before the others have loaded."""
    if settings.redis_url is not None:
        # By name: Redis' client is a quarter of the start, and a private one is asked without it.
        checks = importlib.import_module("cli.local.redis_check")
        return str(checks.checked_redis_url(settings))
    set_aside_former_files(settings.var)
    redis, url = private_redis(settings.var)
    socket = socket_path(settings.var)
    _start(Supervised(redis, lambda: redis_answers(socket)), running)
    return url


def _wait_for_redis(settings: Settings, running: Sequence[Supervised]) -> None:
    """Where our own does not start all goes on without it."""
    for redis in (child.child for child in running if child.child.name == _REDIS):
        try:
            _wait_for(lambda: redis_answers(socket_path(settings.var)), [redis], _START_SECONDS)
        except click.ClickException:
            code, output = redis.exit_code(), redis.last_output()
            log.warning("redis_not_started", exit_code=code, output=output)


def _start_others(settings: Settings, redis_url: str, running: list[Supervised]) -> None:
    environment = {**os.environ, "PARLEY_REDIS_URL": redis_url}
    answers = {"work": None, "serve": lambda: _fetch(settings, "/healthz") is not None}
    for name in ("work", "serve"):  # stopped the other way round: the web server first
        command = (sys.executable, "-m", "cli", name)
        child = ChildProcess(name, command, _STOP_SECONDS, environment, own_session=True)
        _start(Supervised(child, answers[name]), running)


def _print_addresses(
    settings: Settings, links: Sequence[tuple[str, str]], needed: Sequence[Child]
) -> None:
    _wait_for(lambda: not _failing_checks(settings), needed, _READY_SECONDS)
    click.echo("\nParley is running; Ctrl-C stops it.\n")
    for name, link in links:
        click.echo(f"  {name:<20}{link}")
    for check, problem in _failing_checks(settings).items():
        click.echo(f"\n  Not ready, {check}: {problem}")
    click.echo()


def _failing_checks(settings: Settings) -> dict[str, str]:
    answer = _fetch(settings, "/readyz")
    checks = json.loads(answer)["checks"] if answer else {"web server": "does not answer"}
    return {name: state for name, state in checks.items() if state != "ok"}


def _fetch(settings: Settings, path: str) -> str | None:
    host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host  # noqa: S104 compared only
    host = f"[{host}]" if ":" in host else host
    try:
        with urlopen(f"http://{host}:{settings.port}{path}", timeout=2) as answer:
            return str(answer.read().decode())
    except HTTPError as error:
        return error.read().decode()
    except (URLError, HTTPException, OSError):
        return None


def _wait_for(condition: Callable[[], bool], needed: Sequence[Child], seconds: float) -> None:
    """Wait until the condition holds or time is up; a child that ends meanwhile ends us."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not condition():
        for child in needed:
            if (code := child.exit_code()) is not None:
                sentence = (
                    f"`{child.name}` ended with exit code {code}; its own output stands above"
                )
                raise click.ClickException(sentence)
        time.sleep(0.05)


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt
