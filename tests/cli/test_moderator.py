"""`parley moderator`, as an operator uses it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.moderator import moderator
from moderation.clock import utc_now
from moderation.storage.engine import open_database
from moderation.storage.sessions import Sessions

Run = Callable[..., Result]
LINK = "https://comments.example/moderate/link/"


@pytest.fixture
def run(database_url: str, tmp_path: Path) -> Run:
    environment = {
        "PARLEY_VAR": str(tmp_path),
        "PARLEY_DATABASE_URL": database_url,
        "PARLEY_PUBLIC_URL": "https://comments.example",
    }
    return lambda *arguments: CliRunner(env=environment).invoke(moderator, arguments)


def whose(database_url: str, said: Result) -> str:
    """Whom the link printed signs in."""
    database = open_database(database_url)
    token = said.output.strip().removeprefix(LINK)
    name = Sessions(database, utc_now).of_link(token).name
    database.close()
    return name


def test_adding_prints_a_link_that_signs_in(run: Run, database_url: str) -> None:
    said = run("add", " Anna ")

    assert said.exit_code == 0, said.output
    assert said.output.startswith(LINK)
    assert whose(database_url, said) == "Anna"


def test_a_reset_prints_another_link(run: Run, database_url: str) -> None:
    first = run("add", "Anna")

    said = run("reset", "Anna")

    assert said.output != first.output
    assert whose(database_url, said) == "Anna"


def test_moderators_are_listed(run: Run) -> None:
    assert run("list", "--json").output == "[]\n"
    run("add", "Anna")

    assert run("list").output == "Anna  no password yet\n"
    assert json.loads(run("list", "--json").output) == [{"name": "Anna", "has_password": False}]


def test_what_cannot_be_done_is_told(run: Run) -> None:
    run("add", "Anna")

    twice, unknown = run("add", "Anna"), run("reset", "Bea")

    assert (twice.exit_code, unknown.exit_code) == (1, 1)
    assert "there is a moderator Anna already: `parley moderator reset`" in twice.output
    assert "there is no moderator Bea: `parley moderator list`" in unknown.output


@pytest.mark.parametrize(
    "arguments", [["add"], ["add", ""], ["add", "a" * 81], ["reset", "x\ny"], ["forget"]]
)
def test_wrong_use_is_exit_code_2(run: Run, arguments: list[str]) -> None:
    said = run(*arguments)

    assert said.exit_code == 2
    assert "Error:" in said.output


@pytest.mark.parametrize("command", ["add", "list", "reset"])
def test_help_shows_an_example(command: str) -> None:
    said = CliRunner().invoke(moderator, [command, "--help"])

    assert f"Example: parley moderator {command}" in said.output
