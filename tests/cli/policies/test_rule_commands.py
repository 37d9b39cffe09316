"""`parley policy show SITE`, `set` and `test`: rules are tried, put in force and taken back."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import parley
from moderation.clock import utc_now
from moderation.storage.database.engine import open_database
from tests.support.flagged_comments import GOOD, add_scored

Run = Callable[..., Result]
CIVIL = "Thank you for this thoughtful article about the harbour."


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `parley` where the site my-paper has two comments that were published."""
    monkeypatch.setenv("PARLEY_VAR", str(tmp_path))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(parley, arguments)

    assert run("migrate").exit_code == 0
    assert run("site", "add", "my-paper", "--origin", "https://p.example").exit_code == 0
    database = open_database(f"sqlite:///{tmp_path / 'parley.db'}")
    for text in (CIVIL, f"{CIVIL} Its casino was built in 1920."):
        add_scored(database, utc_now, GOOD, text=text, site="my-paper")
    database.close()
    return run


def shown(run: Run, *options: str) -> dict[str, object]:
    rules: dict[str, object] = json.loads(
        run("policy", "show", "my-paper", "--json", *options).output
    )
    return rules


def test_without_yes_it_only_says_what_would_differ(run: Run) -> None:
    result = run("policy", "set", "my-paper", 'banned_words.words=["casino"]')

    assert result.exit_code == 0, result.output
    assert "of the last 2 comments, 1 would differ" in result.output
    assert "approved now, rejected then    1" in result.output
    assert "rejected: one of this site's banned words" in result.output
    assert "nothing was changed: add --yes" in result.output
    assert shown(run)["banned_words"] == {"words": [], "action": "reject"}


def test_a_change_is_in_force_shown_and_taken_back(run: Run) -> None:
    assert run("policy", "set", "my-paper", "first_comments=2", "--yes").exit_code == 0
    assert "first_comments=2" in run("policy", "show", "my-paper").output
    assert "changed 20" in run("policy", "show", "my-paper").output
    assert run("policy", "set", "my-paper", "--back", "--yes").exit_code == 0

    assert shown(run)["first_comments"] == 0
    assert len(run("policy", "show", "my-paper").output.split("changed 20")) == 3


def test_a_page_has_its_own(run: Run) -> None:
    run("policy", "set", "my-paper", "--page", "/live", "publish=nothing", "--yes")

    assert shown(run, "--page", "/live") == {"publish": "nothing"}
    assert shown(run)["publish"] == "passing"
    on_page = run("policy", "test", "my-paper", "--page", "/live", CIVIL).output
    assert on_page == "flagged: on this site every comment waits\n"
    assert run("policy", "test", "my-paper", CIVIL).output == "approved: approved\n"


def test_a_text_is_tried_and_its_reasons_are_said(run: Run, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("casino*\n\n*viagra*\n")
    run("policy", "set", "my-paper", f"banned_words.words=@{words}", "links.most=0", "--yes")

    result = run("policy", "test", "my-paper", "--json", "cheapviagra", f"{CIVIL} www.a.example")

    assert [json.loads(line)["status"] for line in result.output.splitlines()] == [
        "rejected",
        "flagged",
    ]
    assert '"rule": "too_many_links"' in result.output


def test_a_whole_document_comes_from_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rules.json"
    path.write_text('{"repeats": 3}')
    run("policy", "set", "my-paper", "first_comments=2", "--yes")

    run("policy", "set", "my-paper", "--file", str(path), "links.most=1", "--yes")

    rules = shown(run)
    assert (rules["repeats"], rules["first_comments"]) == (3, 0)
    path.write_text(json.dumps(rules))
    assert "0 would differ" in run("policy", "set", "my-paper", "--file", str(path)).output


@pytest.mark.parametrize(
    ("arguments", "sentence", "code"),
    [
        (["first_comment=2"], "first_comment is no field: known are", 1),
        (["first_comment=2"], "did you mean first_comments?", 1),
        (["first_comments=21"], "first_comments must be a whole number from 0 to 20", 1),
        (["links.mots=2"], "did you mean most?", 1),
        (["publish.most=2"], "publish.most is no field", 1),
        (["first_comments"], "give NAME=VALUE", 2),
        (['quiet_hours={"zone":"UTC","zone":"UTC"}'], "zone is given twice", 1),
        (["banned_words.words=@nowhere"], "nowhere cannot be read", 1),
        (["--file", "nowhere"], "nowhere cannot be read", 1),
        (["--back", "repeats=2"], "takes no values", 2),
        (["--back"], "nothing to take back", 1),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    run: Run, arguments: list[str], sentence: str, code: int
) -> None:
    result = run("policy", "set", "my-paper", *arguments, "--yes")

    assert (result.exit_code, sentence in result.output) == (code, True), result.output


def test_a_site_that_is_not_there_is_named(run: Run) -> None:
    for arguments in (["show", "x"], ["set", "x", "repeats=2"], ["test", "x", "text"]):
        assert "there is no site x" in run("policy", *arguments).output
    assert run("policy", "show", "--page", "/a").exit_code == 2
