"""How long `parley up` takes to start all of it again, on a folder that it has used before."""

import json
import os
import shutil
import sys
import time
from pathlib import Path

from bench.programs import Program, free_port, started
from bench.wire import HOST, ask, get


def restarts(folder: Path, number: int) -> list[float]:
    """Seconds until everything is ready, for each start after the first."""
    var = folder / "restarted"
    shutil.rmtree(var, ignore_errors=True)
    return [_start(folder, var) for _ in range(number + 1)][1:]


def _start(folder: Path, var: Path) -> float:
    port, began = free_port(), time.monotonic()
    others = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    own = {"PARLEY_VAR": str(var), "PARLEY_HOST": HOST, "PARLEY_PORT": str(port)}
    program = Program((sys.executable, "-m", "cli", "up"), folder / "up.log", others | own)
    try:
        started(program, lambda: _is_ready(port), "parley up")
        return time.monotonic() - began
    finally:
        program.stop()


def _is_ready(port: int) -> bool:
    try:
        checks = json.loads(ask(port, get(port, "/readyz")).body)["checks"]
    except OSError:
        return False
    return set(checks.values()) == {"ok"}
