"""`parley moderator`, as an operator uses it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.commands.moderators import moderator
from moderation.clock import utc_now
from moderation.sites import Site
from moderation.storage.accounts.sign_in import SignIn
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import open_database

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


def whose(database_url: str, result: Result) -> str:
    """Whom the link printed signs in."""
    database = open_database(database_url)
    token = result.output.strip().removeprefix(LINK)
    name = SignIn(database, utc_now).moderator_of_link(token).name
    database.close()
    return name


def test_adding_prints_a_link_that_signs_in(run: Run, database_url: str) -> None:
    result = run("add", " Anna ")

    assert result.exit_code == 0, result.output
    assert result.output.startswith(LINK)
    assert whose(database_url, result) == "Anna"


def test_a_reset_prints_another_link(run: Run, database_url: str) -> None:
    first = run("add", "Anna")

    result = run("reset", "Anna")

    assert result.output != first.output
    assert whose(database_url, result) == "Anna"


def test_moderators_are_listed(run: Run) -> None:
    assert run("list", "--json").output == "[]\n"
    run("add", "Anna")

    assert run("list").output == "Anna  admin  every site  no password yet\n"
    assert json.loads(run("list", "--json").output) == [
        {
            "name": "Anna",
            "role": "admin",
            "sites": None,
            "active": True,
            "has_password": False,
            "has_second_factor": False,
            "email": None,
        }
    ]


def test_a_role_and_its_sites_are_given_and_changed(run: Run, sites: Sites, site: Site) -> None:
    run("add", "Anna")
    sites.add(Site(0, "other", "Other", ()))

    added = run("add", "Bea", "--role", "viewer", "--site", "demo", "--email", "Bea@Paper.example")
    changed = run("role", "Bea", "moderator", "--site", "other", "--site", "demo")

    assert added.output.startswith(LINK)
    assert changed.output == "Bea is moderator now, on other, demo\n"
    bea = json.loads(run("list", "--json").output)[1]
    assert (bea["role"], bea["sites"]) == ("moderator", ["demo", "other"])
    assert bea["email"] == "bea@paper.example"


def test_who_is_deactivated_gets_in_again_by_a_new_link(run: Run, database_url: str) -> None:
    run("add", "Anna")
    run("add", "Bea")

    out = run("deactivate", "Bea")
    listed = run("list").output
    back = run("activate", "Bea")

    assert out.output == "Bea is out; `parley moderator activate` lets them in again\n"
    assert "Bea  moderator  every site  no password yet  deactivated" in listed
    assert whose(database_url, back) == "Bea"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["role", "Anna", "viewer"], "somebody must stay an active admin"),
        (["deactivate", "Anna"], "somebody must stay an active admin"),
        (["role", "Bea", "viewer"], "there is no moderator of this name"),
        (["add", "Bea", "--site", "no-such"], "there is no site no-such: `parley site list`"),
    ],
)
def test_what_would_leave_no_admin_or_names_nobody_is_refused(
    run: Run, arguments: list[str], sentence: str
) -> None:
    run("add", "Anna")

    refused = run(*arguments)

    assert refused.exit_code == 1
    assert sentence in refused.output
    assert [row["name"] for row in json.loads(run("list", "--json").output)] == ["Anna"]


def test_what_cannot_be_done_is_told(run: Run) -> None:
    run("add", "Anna")

    twice, unknown = run("add", "Anna"), run("reset", "Bea")

    assert (twice.exit_code, unknown.exit_code) == (1, 1)
    assert "there is a moderator Anna already" in twice.output
    assert "there is no moderator of this name: `parley moderator list`" in unknown.output


@pytest.mark.parametrize("command", ["add", "list", "role", "deactivate", "activate", "reset"])
def test_help_shows_an_example(command: str) -> None:
    result = CliRunner().invoke(moderator, [command, "--help"])

    assert f"Example: parley moderator {command}" in result.output
