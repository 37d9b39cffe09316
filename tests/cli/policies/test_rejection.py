"""`parley policy show` and `reject`: nothing is switched on before it was shown."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.classifier import load_model
from cli.main import parley
from moderation.accounts.moderators import ALL_SITES
from moderation.clock import utc_now
from moderation.comments import Status
from moderation.review.reason_sentences import in_percent
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import open_database
from moderation.storage.decisions.moderator_decisions import ReviewStatus
from moderation.storage.review.queue import ReviewQueue
from tests.support.flagged_comments import SCORES, add_scored, as_seen

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `parley` where the site my-paper has three decisions, one of them against the score."""
    monkeypatch.setenv("PARLEY_VAR", str(tmp_path))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(parley, arguments)

    assert run("migrate").exit_code == 0
    assert run("site", "add", "my-paper", "--origin", "https://p.example").exit_code == 0
    database = open_database(f"sqlite:///{tmp_path / 'parley.db'}")
    queue, anna = ReviewQueue(database, utc_now, ALL_SITES), Moderators(database, utc_now).add("A")
    decided: tuple[tuple[float, ReviewStatus], ...] = (
        (0.95, Status.REJECTED),
        (0.9, Status.APPROVED),
        (0.2, Status.APPROVED),
    )
    for toxicity, status in decided:
        scores = {**SCORES, "toxicity": toxicity}
        text = f"scored\x1b[2J {toxicity}"
        comment = add_scored(database, utc_now, scores=scores, text=text, site="my-paper")
        queue.decide(as_seen(comment), status, moderator_id=anna.id)
    database.close()
    return run


def rejected(folder: Path) -> dict[str, float]:
    database = open_database(f"sqlite:///{folder / 'parley.db'}")
    policy = Sites(database, utc_now).get("my-paper").policy
    database.close()
    return dict(policy.reject)


def test_without_yes_it_only_shows_what_would_have_been(run: Run, tmp_path: Path) -> None:
    result = run("policy", "reject", "my-paper", "toxicity", "--from", "0.9")

    assert result.exit_code == 0, result.output
    assert "Wikipedia's talk pages" in result.output
    assert "of the last 3 decisions" in result.output
    assert "would have been rejected unseen     2" in result.output
    assert "a moderator approved       1 (50.0%, 95 % interval" in result.output
    assert "approved, as: Ada: scored [2J 0.9" in result.output
    assert "nothing was changed: add --yes" in result.output
    assert rejected(tmp_path) == {}


def test_with_yes_it_is_switched_on_and_later_off(run: Run, tmp_path: Path) -> None:
    run("policy", "reject", "my-paper", "toxicity", "--yes")
    run("policy", "reject", "my-paper", "threat", "--from", "0.5", "--yes")
    both = rejected(tmp_path)
    run("policy", "reject", "my-paper", "toxicity", "--off")

    own = load_model(None).thresholds["toxicity"].reject
    assert both == {"toxicity": pytest.approx(own, abs=0.001), "threat": 0.5}
    assert rejected(tmp_path) == {"threat": 0.5}
    assert "my-paper: balanced; threat from 50 % is rejected unseen" in run("policy", "show").output


def test_thresholds_are_shown_with_what_they_were_measured_on(run: Run) -> None:
    shown = run("policy", "show").output

    own = load_model(None).thresholds["toxicity"].reject or 0
    assert f"likely to be rejected from {in_percent(own)}" in shown
    assert "my-paper: balanced; nothing is rejected unseen" in shown
    assert "Wikipedia's talk pages" in shown


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["my-paper", "threat"], "has no threshold to reject for threat: give one with --from"),
        (["elsewhere", "spam"], "elsewhere"),
        (["my-paper", "rudeness"], "is not one of 'toxicity'"),
        (
            ["my-paper", "spam", "--from", "0"],
            "'0' is no score above 0, at most 1: give it as 0.85 or 85%",
        ),
        (["my-paper", "spam", "--from", "0.9", "--off"], "give one of them"),
    ],
)
def test_wrong_use_is_a_sentence(run: Run, arguments: list[str], sentence: str) -> None:
    result = run("policy", "reject", *arguments)

    assert result.exit_code != 0
    assert sentence in result.output
