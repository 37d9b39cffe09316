"""`parley backup` and `parley restore` as an operator runs them."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.program import Program, free_port

Parley = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def parley(tmp_path: Path) -> Parley:
    """Runs a command with a folder of its own, migrated."""
    port = str(free_port())

    def run(*arguments: str, var: Path = tmp_path / "var") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "cli", *arguments],
            env={**os.environ, "PARLEY_VAR": str(var), "PARLEY_PORT": port},
            capture_output=True,
            text=True,
            check=False,
        )

    assert run("migrate").returncode == 0
    return run


def test_backup_every_night_then_restore(parley: Parley, tmp_path: Path) -> None:
    nights = [parley("backup", "--keep", "2", str(tmp_path / "backup")) for _ in range(3)]
    parley("site", "add", "later", "--origin", "https://later.example")

    restored = parley("restore", str(tmp_path / "backup"))

    assert [night.returncode for night in nights] == [0, 0, 0]
    assert sorted(path.name for path in tmp_path.glob("backup*")) == ["backup", "backup.1"]
    assert (restored.returncode, restored.stderr) == (0, "")
    assert "later" not in parley("site", "list").stdout


def test_what_an_earlier_restore_kept_is_never_overwritten(parley: Parley, tmp_path: Path) -> None:
    parley("backup", str(tmp_path / "backup"))
    parley("site", "add", "later", "--origin", "https://later.example")

    restored = [parley("restore", str(tmp_path / "backup")).stdout for _ in range(3)]
    kept = [line.rpartition(" as ")[2] for text in restored for line in text.splitlines()[1:2]]
    parley("restore", kept[0])

    assert len(set(kept)) == 3
    assert "later" in parley("site", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("backup", "var/parley.db"), "is the database itself: name another file"),
        (("backup", "letter"), "exists and is no backup of Parley: name another file"),
        (("backup", "none/backup"), "cannot be written: No such file or directory"),
        (("restore", "letter"), "is no backup of a SQLite database"),
        (("restore", "none"), "there is no backup"),
    ],
)
def test_refusals_are_sentences(
    parley: Parley, tmp_path: Path, arguments: tuple[str, str], sentence: str
) -> None:
    (tmp_path / "letter").write_text("a letter")
    command, file = arguments

    done = parley(command, str(tmp_path / file))

    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_running_parley_is_backed_up_and_not_restored(
    parley: Parley, program: Program, tmp_path: Path
) -> None:
    backup = str(tmp_path / "backup")
    var = Path(program.environment["PARLEY_VAR"])

    saved = parley("backup", backup, var=var)
    restored = parley("restore", backup, var=var)

    assert saved.returncode == 0
    assert restored.returncode == 2
    assert "another Parley runs" in restored.stderr
    # A web server or worker of another machine or service, which does not hold the folder:
    (var / "parley.lock").rename(var / "held.lock")
    refused = parley("restore", backup, var=var)
    (var / "held.lock").replace(var / "parley.lock")
    assert "is in use: stop web servers and workers, then restore" in refused.stderr


def test_lock_of_a_running_parley_is_not_written_over(parley: Parley, tmp_path: Path) -> None:
    lock = tmp_path / "var" / "parley.lock"
    lock.touch()

    refused = parley("backup", str(lock))

    assert "parley.lock is a file that Parley uses: name another one" in refused.stderr
    assert (refused.returncode, lock.read_bytes()) == (2, b"")
