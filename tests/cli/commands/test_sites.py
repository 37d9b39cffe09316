"""`parley site`: added, shown, changed and removed, with its keys."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.main import parley
from moderation.clock import utc_now
from moderation.keys import hash_token
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import open_database

Run = Callable[..., Result]
WWW = "https://www.a.example"


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
            "flag": 0.3,
            "reject": {},
            "premoderated": False,
            "abuse_is_spam": False,
            "setting": "balanced",
            "languages": ["en"],
            "default_language": "en",
            "raised_languages": [],
            "suspect_words": [],
            "suspect_lists": [],
            "max_text": 10_000,
            "edit_minutes": 5,
            "nudges": False,
            "reader_mail": False,
            "submit_limit": None,
            "key_limit": None,
            "safeguards": {
                "honeypot": True,
                "time_token": True,
                "token_required": False,
                "page_limit": None,
                "site_limit": None,
                "hold_reports": None,
                "purge_days": None,
            },
            "has_key": False,
            "keys": [],
        }
    ]


def test_a_site_that_is_not_there_has_no_key(run: Run) -> None:
    done = run("site", "key", "unknown")

    assert done.exit_code == 1
    assert "there is no site unknown" in done.output


def test_same_name_twice_fails(run: Run) -> None:
    first, second = (run("site", "add", "a", "--origin", "https://a.example") for _ in range(2))

    assert (first.exit_code, second.exit_code) == (0, 1)
    assert "there is a site a already: `parley site set` changes it" in second.output


def test_key_is_shown_once_and_kept_as_a_hash(run: Run, tmp_path: Path) -> None:
    run("site", "add", "a", "--origin", "https://a.example")

    key = run("site", "key", "a").output.strip()

    database = open_database(f"sqlite:///{tmp_path / 'parley.db'}")
    (stored,) = Sites(database, utc_now).get("a").keys
    database.close()
    assert stored.key_hash == hash_token(key)
    assert key.encode() not in (tmp_path / "parley.db").read_bytes()


def shown(run: Run, name: str = "a") -> dict[str, Any]:
    settings: dict[str, Any] = json.loads(run("site", "show", name, "--json").output)
    return settings


@pytest.mark.parametrize(
    ("options", "field", "value"),
    [
        (["--add-origin", "https://WWW.a.example"], "origins", ["https://a.example", WWW]),
        (["--origin", WWW], "origins", [WWW]),
        (["--add-origin", WWW, "--remove-origin", "https://A.example/"], "origins", [WWW]),
        (["--title", " The A "], "title", "The A"),
        (["--max-text", "500"], "max_text", 500),
        (["--edit-minutes", "0"], "edit_minutes", 0),
        (["--nudge"], "nudges", True),
        (["--flag", "0.3"], "flag", 0.3),
        (["--flag", "model"], "flag", None),
        (["--premoderate"], "premoderated", True),
        (["--abuse-is-spam"], "abuse_is_spam", True),
        (["--no-premoderate"], "premoderated", False),
        (["--submit-limit", "5 per hour"], "submit_limit", "5 per hour"),
        (["--submit-limit", "server"], "submit_limit", None),
        (["--key-limit", "OFF"], "key_limit", "off"),
        (["--languages", "en,DE"], "languages", ["en", "de"]),
        (["--setting", "careful", "--flag", "0.5"], "setting", "careful"),
    ],
)
def test_one_setting_is_changed_and_the_others_stay(
    run: Run, options: list[str], field: str, value: object
) -> None:
    run("site", "add", "a", "--origin", "https://a.example", "--flag", "0.5")
    before = shown(run)

    done = run("site", "set", "a", *options)

    assert done.exit_code == 0, done.output
    assert shown(run) == {**before, field: value}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([], "say what to change"),
        (["--origin", "a.example"], "as https://example.org"),
        (["--remove-origin", "https://a.example"], "a site has at least one origin"),
        (["--remove-origin", WWW], f"{WWW} is none of the site's origins"),
        (["--title", " "], "a site's title is 1 to 300 visible characters"),
        (["--max-text", "0"], "1<=x<=10000"),
        (["--flag", "2"], "is no score from 0 to 1"),
        (["--submit-limit", "often"], "as '30 per minute'"),
        (["--submit-limit", "0 per minute"], "as '30 per minute'"),
        (["--key-limit", "5 per 0 minutes"], "as '30 per minute'"),
    ],
)
def test_what_cannot_be_set_is_a_sentence_and_changes_nothing(
    run: Run, options: list[str], sentence: str
) -> None:
    run("site", "add", "a", "--origin", "https://a.example")
    before = shown(run)

    done = run("site", "set", "a", *options)

    assert done.exit_code == 2
    assert sentence in " ".join(done.output.split())
    assert shown(run) == before


def test_keys_are_named_listed_renamed_and_revoked(run: Run) -> None:
    run("site", "add", "a", "--origin", "https://a.example")
    first, second = run("site", "key", "a").output, run("site", "key", "a", "--name", "shop").output
    taken = run("site", "key", "a", "--name", "shop")
    run("site", "rename-key", "a", "shop", "news letter")
    listed = run("site", "keys", "a").output
    revoked = run("site", "revoke-key", "a", "default")

    assert first != second
    assert (taken.exit_code, "`parley site revoke-key`" in taken.output) == (1, True)
    assert [line.split("  ")[0] for line in listed.splitlines()] == ["default", "news letter"]
    assert listed.count("never used") == 2
    assert revoked.exit_code == 0
    assert [key["name"] for key in shown(run)["keys"]] == ["news letter"]
    assert "there is no key default" in run("site", "revoke-key", "a", "default").output


def test_a_key_made_without_a_name_replaces_the_one_before(run: Run) -> None:
    run("site", "add", "a", "--origin", "https://a.example")

    assert run("site", "key", "a").output != run("site", "key", "a").output
    assert len(shown(run)["keys"]) == 1


def test_a_key_that_only_scores_leaves_the_default_one(run: Run) -> None:
    run("site", "add", "a", "--origin", "https://a.example")
    run("site", "key", "a")
    keys = [run("site", "key", "a", "--scope", "score").output for _ in range(2)]

    assert keys[0] != keys[1]
    assert [(key["name"], key["scope"]) for key in shown(run)["keys"]] == [
        ("default", "submit"),
        ("score", "score"),
    ]
    assert "score  score  made" in run("site", "keys", "a").output


def test_a_site_is_removed_only_with_yes(run: Run) -> None:
    run("site", "add", "a", "--origin", "https://a.example")
    run("site", "key", "a")
    run("moderator", "add", "Root")
    run("moderator", "add", "Bea", "--site", "a")

    asked = run("site", "remove", "a")
    still = run("site", "show", "a").exit_code
    done = run("site", "remove", "a", "--yes")

    assert "site keys: 1" in asked.output
    assert "who may see no other site: Bea" in asked.output
    assert "nothing was changed: add --yes" in asked.output
    assert (asked.exit_code, still, done.exit_code) == (0, 0, 0)
    assert json.loads(run("site", "list", "--json").output) == []
    assert "Bea  moderator  no site" in run("moderator", "list").output


@pytest.mark.parametrize("command", ["show", "set", "keys", "key", "remove"])
def test_what_is_no_site_is_said(run: Run, command: str) -> None:
    options = ["--title", "A"] if command == "set" else []

    done = run("site", command, "nowhere", *options)

    assert done.exit_code == 1
    assert "there is no site nowhere: `parley site list` shows all" in done.output


def test_safeguards_are_set_and_taken_back(run: Run) -> None:
    run("site", "add", "a", "--origin", "https://a.example")
    given = ("--no-honeypot", "--page-limit", "9 per minute", "--hold-reports", "3")

    done = run("site", "set", "a", *given, "--purge-rejected", "30")
    shown = json.loads(run("site", "show", "a", "--json").output)["safeguards"]
    run("site", "set", "a", "--page-limit", "off", "--hold-reports", "off", "--honeypot")
    after = json.loads(run("site", "show", "a", "--json").output)["safeguards"]

    assert "hold from 3" in done.output
    assert "erased after 30 days" in done.output
    assert [shown[name] for name in ("honeypot", "page_limit", "hold_reports", "purge_days")] == [
        *(False, "9 per minute", 3, 30)
    ]
    assert [after[name] for name in ("honeypot", "page_limit", "hold_reports", "purge_days")] == [
        *(True, None, None, 30)
    ]


@pytest.mark.parametrize(
    "wrong", [("--hold-reports", "0"), ("--purge-rejected", "3651"), ("--page-limit", "often")]
)
def test_wrong_safeguard_is_named(run: Run, wrong: tuple[str, str]) -> None:
    run("site", "add", "a", "--origin", "https://a.example")

    done = run("site", "set", "a", *wrong)

    assert done.exit_code == 2
    assert "must be a number" in done.output or "a rate is" in done.output


def test_readers_are_mailed_only_by_a_server_that_can(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("site", "add", "a", "--origin", "https://a.example")
    refused = run("site", "set", "a", "--reader-mail")
    assert refused.exit_code == 2
    assert "Set PARLEY_SMTP_URL and PARLEY_MAIL_FROM first" in " ".join(refused.output.split())

    monkeypatch.setenv("PARLEY_SMTP_URL", "smtp://127.0.0.1:25")
    monkeypatch.setenv("PARLEY_MAIL_FROM", "parley@example.org")
    done = run("site", "set", "a", "--reader-mail")

    assert "reader mail      on" in done.output
    assert shown(run)["reader_mail"] is True
