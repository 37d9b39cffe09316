"""`parley serve`."""

import gc
import os
import tempfile

import click
from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server import MPServer, MTServer

from cli.context import open_checked_database, read_settings
from cli.local.preflight import check_port
from cli.local.redis_check import checked_redis_url
from moderation.config.settings import Settings
from service.monitoring.metrics import MULTIPROCESS
from service.wsgi import application
from worker.child_process import end_with_parent

# Measured against gunicorn's threads and waitress on two cores: three to four times their pages a
# second, the only one whose answers stay quick with 200 clients that send a byte a second.
_HEADER_MILLISECONDS = 10_000  # also ends idle connections
_HEADER_BYTES = 32_768
_CONNECTIONS = 1_024
_KILL_SECONDS = 10


@click.command(epilog="Example: PARLEY_REDIS_URL=redis://redis:6379/0 parley serve")
def serve() -> None:
    """Run the web server until it is stopped."""
    settings = read_settings()
    checked_redis_url(settings)
    check_port(settings)  # granian itself would share it with another granian, silently
    with open_checked_database(settings):
        pass
    if settings.web_processes > 1:
        os.environ.setdefault(MULTIPROCESS, tempfile.mkdtemp(prefix="parley-metrics-"))
    # What is loaded by now is never freed: kept out of the collector's sight its pages stay shared
    # with the worker process (measured: 18 of 104 MB).
    gc.collect()
    gc.freeze()
    _server(settings).serve(target_loader=_load, wrap_loader=False)


def _server(settings: Settings) -> MPServer | MTServer:
    return Granian(
        "service.wsgi",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=settings.web_processes,
        # A body that comes slowly holds its thread; threads that idle go away.
        blocking_threads=settings.web_threads,
        blocking_threads_idle_timeout=30,
        backlog=_CONNECTIONS,
        backpressure=_CONNECTIONS,
        http1_settings=HTTP1Settings(
            header_read_timeout=_HEADER_MILLISECONDS, max_buffer_size=_HEADER_BYTES
        ),
        respawn_failed_workers=True,
        workers_kill_timeout=_KILL_SECONDS,
        log_enabled=False,
    )


def _load(*_target: object) -> Flask:
    """In granian's own worker process, which otherwise outlives its killed parent."""
    end_with_parent()
    return application()
