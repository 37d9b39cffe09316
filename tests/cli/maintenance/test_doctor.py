"""`parley doctor`: a line for each thing that can be wrong, and how to mend it."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.program import Program, free_port


def doctor(**settings: str) -> tuple[int, dict[str, tuple[str, str]]]:
    """Its exit code, and severity and sentence by check."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    done = subprocess.run(
        [sys.executable, "-m", "cli", "doctor"],
        env={**plain, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    lines = [line.partition(": ") for line in done.stdout.splitlines()]
    return done.returncode, {head[9:]: (head[:9].strip(), sentence) for head, _, sentence in lines}


def test_nothing_is_wrong_with_a_parley_that_runs(program: Program) -> None:
    own = {name: program.environment[name] for name in program.environment if "PARLEY" in name}
    Path(own["PARLEY_VAR"]).chmod(0o700)

    code, results = doctor(**own)

    problems = {name: result for name, result in results.items() if result[0] == "problem"}
    assert (code, problems) == (0, {})
    assert {"folder", "database", "redis", "model", "artefact", "pending", "backup"} <= set(results)


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A folder with a migrated database."""
    folder = tmp_path / "var"
    environment = {**os.environ, "PARLEY_VAR": str(folder)}
    subprocess.run([sys.executable, "-m", "cli", "migrate"], env=environment, check=True)
    return folder


def set_revision(var: Path) -> None:
    with sqlite3.connect(var / "parley.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()


def damage(var: Path) -> None:
    """Within, so that the header and the table of revisions stay readable."""
    path = var / "parley.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = b"\xff" * (len(content) - len(content) // 2)
    path.write_bytes(content)


def leave(_var: Path) -> None:
    """Change nothing."""


@pytest.mark.parametrize(
    ("check", "setting", "break_", "sentence"),
    [
        ("settings", {"PARLEY_PORT": "eighty"}, leave, "a whole number from 1 to 65535"),
        ("folder", {}, lambda var: var.chmod(0o755), "chmod -R go= "),
        ("secret", {}, lambda var: (var / "secret.key").touch(), "put the old one there"),
        ("database", {}, lambda var: (var / "parley.db").unlink(), "`parley migrate` makes it"),
        ("database", {}, damage, "`parley restore FILE`"),
        ("database", {}, set_revision, "only a newer Parley knows: install that version"),
        ("redis", {"PARLEY_REDIS_URL": "redis://127.0.0.1:1"}, leave, "does not answer"),
        ("artefact", {"PARLEY_MODEL": "/nowhere"}, leave, "`parley model list` shows"),
        ("public address", {}, leave, "is the web server running"),
        (
            "mail server",
            {"PARLEY_SMTP_URL": "smtps://127.0.0.1:1", "PARLEY_MAIL_FROM": "a@paper.example"},
            leave,
            "look at PARLEY_SMTP_URL",
        ),
        ("model", {}, leave, "start one with `parley work`"),
        ("backup", {}, leave, "`parley backup --keep 7 FILE` each night"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(
    var: Path,
    check: str,
    setting: dict[str, str],
    break_: Callable[[Path], object],
    sentence: str,
) -> None:
    break_(var)

    code, results = doctor(**{"PARLEY_VAR": str(var), "PARLEY_PORT": str(free_port()), **setting})

    severity, text = results[check]
    assert code == 1
    assert severity in ("problem", "warning")
    assert sentence in text
