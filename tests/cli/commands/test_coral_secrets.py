"""`parley site coral`: secrets are added from a pipe, listed by number and removed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import parley
from moderation.clock import utc_now
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import open_database

Run = Callable[..., Result]
SECRET = "a secret that Coral made, 1"  # noqa: S105 of the test


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `parley` on a database with the site `paper`."""
    monkeypatch.setenv("PARLEY_VAR", str(tmp_path))

    def run(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(parley, arguments, input=typed)

    assert run("migrate").exit_code == 0
    assert run("site", "add", "paper", "--origin", "https://paper.example").exit_code == 0
    return run


def _kept(folder: Path) -> tuple[str, ...]:
    database = open_database(f"sqlite:///{folder / 'parley.db'}")
    try:
        return Sites(database, utc_now).get("paper").coral_secrets
    finally:
        database.close()


def test_a_secret_is_kept_and_never_shown_again(run: Run, tmp_path: Path) -> None:
    added = run("site", "coral", "paper", "--add", typed=f" {SECRET}\n")
    shown = run("site", "coral", "paper").output + run("site", "show", "paper", "--json").output

    assert added.output.endswith("added secret 1 of paper\n")
    assert _kept(tmp_path) == (SECRET,)
    assert SECRET not in shown + added.output + run("audit", "list").output
    assert "1  added" in shown


def test_a_secret_that_is_removed_is_taken_no_more(run: Run, tmp_path: Path) -> None:
    for secret in (SECRET, SECRET + "2"):
        run("site", "coral", "paper", "--add", typed=secret + "\n")

    removed = run("site", "coral", "paper", "--remove", "1")
    again = run("site", "coral", "paper", "--remove", "1")

    assert removed.output == "the secret 1 of paper is taken no more\n"
    assert "the site paper has no Coral secret 1" in again.output
    assert _kept(tmp_path) == (SECRET + "2",)


@pytest.mark.parametrize("typed", ["short\n", "ä" * 20 + "\n", "x" * 201 + "\n"])
def test_what_is_no_secret_of_coral_is_refused(run: Run, typed: str) -> None:
    refused = run("site", "coral", "paper", "--add", typed=typed)

    assert refused.exit_code == 2
    assert "16 to 200 ASCII characters" in refused.output


def test_the_same_secret_twice_is_refused(run: Run) -> None:
    _, second = (run("site", "coral", "paper", "--add", typed=SECRET + "\n") for _ in range(2))

    assert (second.exit_code, "has this secret already" in second.output) == (1, True)


def test_a_pipe_is_read_without_a_word(run: Run, tmp_path: Path) -> None:
    added = subprocess.run(
        [sys.executable, "-m", "cli", "site", "coral", "paper", "--add"],
        input=f"{SECRET}\r\n".encode(),
        env=os.environ | {"PARLEY_VAR": str(tmp_path)},
        capture_output=True,
        check=True,
    )

    assert (added.stdout, added.stderr) == (b"added secret 1 of paper\n", b"")
    assert _kept(tmp_path) == (SECRET,)
