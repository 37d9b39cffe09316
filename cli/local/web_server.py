"""Granian with our settings, on a socket that listens already."""

import gc
import importlib
import os
import resource
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, NoReturn

import click

from cli.local.granian_servers import CONNECTIONS, serve_by_several, serve_here
from cli.local.rolling_restart import READY
from cli.wrong_use import check_secret, read_settings
from moderation.config.settings import Settings
from worker.child_process import end_with_parent

_OTHER_FILES = 512  # databases, logs, the model
_METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # prometheus-client's own variable


@click.command()
@click.argument("listener", type=int)
@click.argument("ready", type=int)
@click.argument("parent", type=int)
def web_server(listener: int, ready: int, parent: int) -> None:
    """Serve at the LISTENER, a file descriptor; write to READY once requests are answered.

    Ends with the process PARENT.
    """
    end_with_parent(parent)
    gc.disable()  # until all is loaded, of which hardly anything is garbage
    # Here and not above: the collector would take as long as a quarter of the loading (measured).
    from cli.context import open_checked_database
    from cli.local.redis_check import checked_redis_url

    settings = read_settings()
    checked_redis_url(settings)
    check_secret(settings)
    with open_checked_database(settings):
        pass
    _allow_connections()
    with ExitStack() as stack:
        if settings.web_processes > 1 and _METRICS_FOLDER not in os.environ:
            folder = tempfile.TemporaryDirectory(prefix="parley-metrics-")
            os.environ[_METRICS_FOLDER] = stack.enter_context(folder)
        load = _loader(settings, ready)
        if settings.web_processes > 1:
            serve_by_several(socket.socket(fileno=listener), load, settings.web_processes)
        else:
            serve_here(socket.socket(fileno=listener), load)
    if settings.web_processes == 1:
        _leave()


def _loader(settings: Settings, ready: int) -> Callable[..., Any]:
    """What makes the application in each process that answers."""
    # By name, and only now: prometheus-client looks for its folder when it is loaded.
    wsgi = importlib.import_module("service.wsgi")
    # What is loaded by now is never freed: kept out of the collector's sight its pages stay shared
    # with granian's own processes, where there are several (measured: 18 of 104 MB). Not looked
    # through before: that takes 0.1 s and frees 0.2 MB (measured).
    gc.freeze()
    gc.enable()
    starter = os.getpid()

    def load() -> Any:
        if os.getpid() != starter:
            end_with_parent(starter)  # granian's own process otherwise outlives its killed parent
        gateway = wsgi.gateway(settings.web_threads)
        os.write(ready, READY)
        return gateway

    return load


def _leave() -> NoReturn:
    """End without taking the interpreter apart.

    A thread of granian's that asks for it then is ended by it, at which Rust aborts the process.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _allow_connections() -> None:
    """Raise this process's own limit of open files to what the connections need, if it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = CONNECTIONS + _OTHER_FILES
    most = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


if __name__ == "__main__":
    sys.exit(web_server(prog_name="parley serve"))
