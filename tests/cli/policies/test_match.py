"""`parley policy match`: the threshold that holds what another service held."""

import json
import re
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from click.testing import CliRunner, Result

from cli.main import parley
from tests.support.labelled_samples import ABUSIVE, CIVIL

RUNNER = CliRunner(env={"COLUMNS": "100"})
RUSSIAN = "Спасибо за статью, очень интересно было прочитать про это"


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The old service held the abusive comments but one, and one civil one; scores are percents."""
    monkeypatch.setenv("PARLEY_VAR", str(tmp_path))
    rows = [(text, 90 - place, 1) for place, text in enumerate(ABUSIVE)]
    rows += [(text, 10 + place, 0) for place, text in enumerate(CIVIL)]
    rows[0], rows[-1] = (ABUSIVE[0], 1, 1), (CIVIL[-1], 99, 0)
    path = tmp_path / "old.jsonl"
    written = (
        {"text": text, "score": score, "decision": "held" if score > 50 else "passed", "label": it}
        for text, score, it in rows
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in written))
    return path


def match(data: Path, *options: str) -> Result:
    return RUNNER.invoke(parley, ["policy", "match", "--data", str(data), *options])


def test_thresholds_plot_and_differences_are_shown(old: Path) -> None:
    result = match(old)

    assert result.exit_code == 0, result.output
    assert f"the old service held  50.0% ({len(ABUSIVE)} of 12" in result.output
    for words in ("share", "precision", "recall", "same share", "the old service alone held 1"):
        assert words in result.output
    assert f"line {len(ABUSIVE) + len(CIVIL)}" in result.output
    assert ABUSIVE[0][:30] in result.output
    assert result.output.count("█") > 100


def test_each_threshold_is_marked_in_the_row_that_is_nearest_to_it(old: Path) -> None:
    thresholds = {
        row["same"]: row["threshold"] for row in json.loads(match(old, "--json").output)["matches"]
    }

    rows = [line for line in match(old).output.splitlines() if re.match(r" *\d+% ", line)]

    for same, threshold in thresholds.items():
        (row,) = [line for line in rows if f"same {same}" in line]
        limit = int(row.partition("%")[0]) / 100
        is_at_an_end = threshold < 0.05 or threshold > 0.95
        assert abs(limit - threshold) <= 0.0250001 or is_at_an_end


def test_scores_and_decisions_of_one_service_say_the_same(old: Path) -> None:
    by_score, by_decision = (
        json.loads(match(old, "--json", *options).output) for options in (("--from", "50"), ())
    )

    assert by_score["matches"] == by_decision["matches"]
    same_share = by_score["matches"][0]
    assert same_share["holding"]["held"]["count"] == len(ABUSIVE)
    assert same_share["holding"]["precision"]["value"] == 1.0
    assert same_share["interval"][0] <= same_share["threshold"] <= same_share["interval"][1]


def test_a_site_also_holds_what_its_threshold_does_not_decide(old: Path) -> None:
    RUNNER.invoke(parley, ["migrate"])
    RUNNER.invoke(parley, ["site", "add", "my-paper", "--origin", "https://p.example"])
    with old.open("a") as lines:
        lines.write(json.dumps({"text": RUSSIAN, "decision": "passed"}) + "\n")

    plain, of_site = (
        json.loads(match(old, "--json", *options).output)
        for options in ((), ("--site", "my-paper"))
    )
    result = match(old, "--site", "my-paper")

    assert plain["held_anyway"] == 0
    assert of_site["held_anyway"] >= 1
    assert RUSSIAN in [row["text"] for row in of_site["only_parley"]]
    assert "Nothing was changed: `parley site set my-paper --flag" in result.output


def test_a_picture_is_written(old: Path, tmp_path: Path) -> None:
    result = match(old, "--svg", str(tmp_path / "match.svg"))

    assert result.exit_code == 0, result.output
    picture = (tmp_path / "match.svg").read_text()
    assert len(fromstring(picture).findall("{*}polyline")) == 2  # noqa: S314 written just now
    assert ">12 comments: the old service held 50.0%" in picture
    assert ">same share" in picture


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--site", "elsewhere"], "there is no site elsewhere"),
        (["--site", "elsewhere", "--attribute", "spam"], "a site's own threshold is of toxicity"),
        (["--attribute", "rudeness"], "is not one of 'toxicity'"),
        (["--from", "100"], "held no comment"),
        (["--svg", "/nowhere/match.svg"], "/nowhere/match.svg cannot be written"),
    ],
)
def test_wrong_use_is_a_sentence(old: Path, options: list[str], sentence: str) -> None:
    RUNNER.invoke(parley, ["migrate"])

    result = match(old, *options)

    assert result.exit_code in {1, 2}
    assert sentence in result.output


def test_a_site_on_which_everything_waits_has_no_threshold_to_find(old: Path) -> None:
    RUNNER.invoke(parley, ["migrate"])
    RUNNER.invoke(parley, ["site", "add", "my-paper", "--origin", "https://p.example"])
    RUNNER.invoke(parley, ["site", "set", "my-paper", "--premoderate"])

    assert "every comment waits" in match(old, "--site", "my-paper").output


def test_a_text_cannot_steer_the_terminal(old: Path) -> None:
    with old.open("a") as lines:
        lines.write(json.dumps({"text": "\x1b[2Jfine weather\nhere", "decision": "held"}) + "\n")

    result = match(old)

    assert "\x1b[2J" not in result.output
    assert "fine weather here" in result.output
