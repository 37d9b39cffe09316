"""`parley site`: add, list, key."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import parley
from moderation.clock import utc_now
from moderation.keys import hash_token
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import open_database

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `parley` on a migrated database of the test's own."""
    monkeypatch.setenv("PARLEY_VAR", str(tmp_path))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(parley, arguments)

    assert run("migrate").exit_code == 0
    return run


def test_added_site_is_listed(run: Run) -> None:
    added = run("site", "add", "my-paper", "--origin", "https://My-Paper.example/", "--flag", "0.3")

    listed = json.loads(run("site", "list", "--json").output)

    assert added.exit_code == 0
    assert listed == [
        {
            "name": "my-paper",
            "title": "my-paper",
            "origins": ["https://my-paper.example"],
            "has_key": False,
            "max_text": 10_000,
        }
    ]


def test_a_site_that_is_not_there_has_no_key(run: Run) -> None:
    done = run("site", "key", "unknown")

    assert done.exit_code == 1
    assert "there is no site unknown" in done.output


def test_same_name_twice_fails(run: Run) -> None:
    first, second = (run("site", "add", "a", "--origin", "https://a.example") for _ in range(2))

    assert (first.exit_code, second.exit_code) == (0, 1)
    assert "there is a site a already" in second.output


def test_key_is_shown_once_and_kept_as_a_hash(run: Run, tmp_path: Path) -> None:
    run("site", "add", "a", "--origin", "https://a.example")

    key = run("site", "key", "a").output.strip()

    database = open_database(f"sqlite:///{tmp_path / 'parley.db'}")
    stored = Sites(database, utc_now).get("a").key_hash
    database.close()
    assert stored == hash_token(key)
    assert key.encode() not in (tmp_path / "parley.db").read_bytes()
