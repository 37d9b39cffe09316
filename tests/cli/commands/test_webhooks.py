"""`parley webhook`, as an operator uses it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.commands.webhooks import webhook
from moderation.notifications.signing import signature
from moderation.sites import Site
from tests.support.webhook_receiver import Receiver

Run = Callable[..., Result]


@pytest.fixture
def run(database_url: str, tmp_path: Path, site: Site) -> Run:
    environment = {
        "PARLEY_VAR": str(tmp_path),
        "PARLEY_DATABASE_URL": database_url,
        "PARLEY_WEBHOOK_PRIVATE": "127.0.0.1",
    }
    return lambda *arguments: CliRunner(env=environment).invoke(webhook, arguments)


def test_adding_prints_the_secret_that_a_test_is_signed_with(run: Run, receiver: Receiver) -> None:
    secret = run("add", receiver.url).stdout.strip()

    result = run("test", "1")

    assert (result.exit_code, result.output) == (0, "the test arrived, it answered 204\n")
    [got] = receiver.received
    stamp = int(got.headers["webhook-timestamp"])
    signed = signature(secret, got.headers["webhook-id"], stamp, got.body)
    assert got.headers["webhook-signature"] == signed


def test_a_test_that_does_not_arrive_is_exit_code_1(run: Run, receiver: Receiver) -> None:
    run("add", receiver.url)
    receiver.answers.append(500)

    result = run("test", "1")

    assert (result.exit_code, result.output) == (
        1,
        "Error: the test did not arrive: it answered 500\n",
    )


def test_with_another_secret_no_test_is_sent(
    run: Run, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", receiver.url)
    monkeypatch.setenv("PARLEY_SECRET_KEY", "another secret than it was made with")

    result = run("test", "1")

    sentence = "this command has another PARLEY_SECRET_KEY than made this webhook"
    assert (result.exit_code, result.output) == (1, f"Error: {sentence}\n")
    assert receiver.received == []


def test_webhooks_are_listed_and_removed(run: Run) -> None:
    assert run("list", "--json").output == "[]\n"
    run("add", "https://hooks.example/a", "--site", "demo", "--event", "comment.flagged")
    run("add", "https://hooks.example/b")

    lines = run("list").output.splitlines()
    first = json.loads(run("list", "--json").output)[0]
    removed = run("remove", "2")

    assert lines[0] == "1  https://hooks.example/a  demo  comment.flagged  on"
    assert first == {
        "number": 1,
        "url": "https://hooks.example/a",
        "site": "demo",
        "events": ["comment.flagged"],
        "on": True,
        "problem": None,
    }
    assert removed.output == "removed webhook 2\n"
    assert len(run("list").output.splitlines()) == 1
    assert run("on", "1").output.startswith("webhook 1 is on")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["add", "https://hooks.example/", "--site", "nowhere"], "there is no site nowhere"),
        (["remove", "7"], "there is no webhook 7"),
        (["on", "7"], "there is no webhook 7"),
        (["test", "7"], "there is no webhook 7"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(run: Run, arguments: list[str], sentence: str) -> None:
    answer = run(*arguments)

    assert answer.exit_code == 1
    assert sentence in answer.output
