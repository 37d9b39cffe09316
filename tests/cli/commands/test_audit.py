"""`parley audit`, as an operator uses it."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.commands.audit import audit
from cli.commands.moderators import moderator
from cli.commands.sites import site as site_group
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.sites.site_keys import SiteKeys


def invoke(database_url: str, *arguments: str) -> Result:
    return CliRunner(env={"PARLEY_DATABASE_URL": database_url}).invoke(audit, arguments)


def test_a_whole_log_is_counted_and_sealed(
    database_url: str, site: Site, site_keys: SiteKeys
) -> None:
    site_keys.make("demo")

    verified = invoke(database_url, "verify")
    newest = verified.output.split()[-1]

    assert (verified.exit_code, verified.output[:23]) == (0, "2 rows, all whole; newe")
    assert invoke(database_url, "verify", "--has", newest).exit_code == 0
    assert invoke(database_url, "verify", "--has", "0" * 64).exit_code == 1


def test_rows_are_listed_the_newest_last(
    database_url: str, site: Site, site_keys: SiteKeys
) -> None:
    site_keys.make("demo")

    lines = invoke(database_url, "list").output.splitlines()
    rows = [json.loads(line) for line in invoke(database_url, "list", "--json").output.splitlines()]

    assert [line.split()[0] for line in lines] == ["1", "2"]
    assert lines[1].endswith(
        'operator  site_key_made  site demo  {"key":"default","scope":"submit"}'
    )
    assert [(row["number"], row["who"], row["what"], row["on"]) for row in rows] == [
        (1, "operator", "site_added", "site demo"),
        (2, "operator", "site_key_made", "site demo"),
    ]
    assert rows[0]["after"]["origins"] == ["https://paper.example"]


def test_of_a_change_what_differs_is_listed(database_url: str, site: Site) -> None:
    environment = {"PARLEY_DATABASE_URL": database_url}
    changed = CliRunner(env=environment).invoke(site_group, ["set", "demo", "--title", "Café"])
    assert changed.exit_code == 0

    change = '{"title": "Demo"} -> {"title": "Café"}'
    assert invoke(database_url, "list").output.splitlines()[-1].endswith(change)
    whole = json.loads(invoke(database_url, "list", "--json").output.splitlines()[-1])
    assert whole["before"]["origins"] == whole["after"]["origins"] == ["https://paper.example"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_broken_row_is_named(database_url: str, database: Database, tmp_path: Path) -> None:
    environment = {"PARLEY_DATABASE_URL": database_url}
    for name in ("Anna", "Bea", "Cleo"):
        CliRunner(env=environment).invoke(moderator, ["add", name])
    with sqlite3.connect(tmp_path / "parley.db") as connection:
        connection.execute("DROP TRIGGER audit_log_no_DELETE")
        connection.execute("DELETE FROM audit_log WHERE number = 2")
    connection.close()

    verified = invoke(database_url, "verify")

    assert (verified.exit_code, verified.output) == (1, "Error: row 2 is missing\n")


@pytest.mark.parametrize("command", ["list", "verify"])
def test_help_shows_an_example(command: str) -> None:
    assert (
        f"Example: parley audit {command}" in CliRunner().invoke(audit, [command, "--help"]).output
    )
