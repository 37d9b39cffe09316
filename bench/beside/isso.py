"""Isso as its documentation runs it in production, in an environment of its own."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from bench.memory import Memory
from bench.programs import Program, free_port, run, started
from bench.system import LIMIT
from bench.texts import NAMES
from bench.wire import HOST, ask, get, post_json

VERSION = "0.14.0"
_PACKAGES = (f"isso=={VERSION}", "gunicorn==27.0.1")
_THREADS = 4
_SETTINGS = """\
[general]
dbpath = {database}
host = http://{host}:{port}/
[server]
listen = http://{host}:{port}/
[guard]
enabled = false
"""
# Isso sets neither: its connections have what SQLite gives to a new one.
_ASK_SQLITE = """\
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
for name in ("journal_mode", "synchronous"):
    print(connection.execute(f"PRAGMA {name}").fetchone()[0])
"""


class Isso:
    """One running Isso. `folder` keeps its environment from run to run, its database not."""

    name = f"Isso {VERSION}"
    accepted = 201

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._python = _environment(folder / "isso-environment")
        self._database = folder / "isso.db"
        self._database.unlink(missing_ok=True)
        settings = folder / "isso.cfg"
        settings.write_text(_SETTINGS.format(database=self._database, host=HOST, port=self.port))
        environment = {**os.environ, "ISSO_SETTINGS": str(settings)}
        self._program = Program(self._command(), folder / "isso.log", environment)

    def serve(self) -> None:
        """Wait until it answers."""
        started(self._program, self._answers, self.name)

    def submissions(self, page: str, texts: Sequence[str]) -> list[bytes]:
        """Requests that leave one comment each."""
        path = f"/new?uri={quote(page, safe='')}"
        return [
            post_json(
                self.port,
                path,
                {"author": NAMES[k % len(NAMES)], "text": text, "title": "An article"},
            )
            for k, text in enumerate(texts)
        ]

    def first_page(self, page: str) -> bytes:
        """The request for the first LIMIT comments of a page."""
        return get(self.port, f"/?uri={quote(page, safe='')}&limit={LIMIT}")

    def count(self, page: str) -> int:
        """How many comments readers see under the page."""
        return int(json.loads(ask(self.port, self.first_page(page)).body)["total_replies"])

    def settle(self) -> None:
        """Nothing to wait for: Isso decides nothing."""

    def storing(self) -> str:
        """How safely an accepted comment is stored, in SQLite's words."""
        command = (str(self._python), "-c", _ASK_SQLITE, str(self._database))
        journal, synchronous = run(command, "ask how Isso stores", os.environ).split()
        return f"journal_mode={journal} synchronous={synchronous}"

    def web_memory(self) -> Memory:
        """Of what answers requests."""
        return self._program.memory()

    def stop(self) -> None:
        """End it."""
        self._program.stop()

    def _command(self) -> Sequence[str]:
        # The documented `gunicorn -w N --preload isso.run`, N being the cores as it says for uWSGI.
        # Threads, because only so does gunicorn keep connections open, as Parley's server does.
        return (
            *(str(self._python), "-m", "gunicorn", "--bind", f"{HOST}:{self.port}"),
            *("--workers", str(os.cpu_count() or 1), "--threads", str(_THREADS)),
            *("--preload", "--no-control-socket", "isso.run"),
        )

    def _answers(self) -> bool:
        try:
            return ask(self.port, get(self.port, "/info")).status == 200
        except OSError:
            return False


def _environment(folder: Path) -> Path:
    """Its Python; installs Isso where no earlier run has."""
    python = folder / "bin" / "python"
    done = folder / "installed"
    if not done.exists():
        make = (sys.executable, "-m", "venv", "--clear", str(folder))
        run(make, "make an environment for Isso", os.environ)
        pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        run((*pip, *_PACKAGES), f"install {_PACKAGES[0]}", os.environ)
        done.touch()
    return python
