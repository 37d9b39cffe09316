import json
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from click.testing import CliRunner, Result

from cli.commands.policy import policy
from tests.support.labelled_samples import ABUSIVE, CIVIL

RUNNER = CliRunner(env={"COLUMNS": "100"})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [(text, 1) for text in ABUSIVE] + [(text, 0) for text in CIVIL]
    path = tmp_path / "labelled.jsonl"
    path.write_text("".join(json.dumps({"text": t, "label": y}) + "\n" for t, y in rows))
    return path


def preview(data: Path, *options: str) -> Result:
    return RUNNER.invoke(policy, ["preview", "--data", str(data), *options])


def test_any_pair_of_thresholds_is_shown_with_a_plot(data: Path) -> None:
    result = preview(data, "--flag", "0.3", "--reject", "0.8")

    assert result.exit_code == 0, result.output
    assert "12 comments, 6 of them toxic" in result.output
    assert "flag from 30.0 %, reject from 80.0 %" in result.output
    assert "precision of these 100.0% (95 % interval" in result.output
    assert result.output.count("█") > 100


@pytest.mark.parametrize(("flag", "row"), [("0.3", "30"), ("34%", "30"), ("0.35", "35")])
def test_each_threshold_is_marked_in_its_row_alone(data: Path, flag: str, row: str) -> None:
    result = preview(data, "--flag", flag, "--reject", "0.9")

    rows = [line.split() for line in result.output.splitlines() if "%" in line]
    assert [words[0] for words in rows if words[-1] == "flag"] == [row]
    assert [words[0] for words in rows if words[-1] == "reject"] == ["90"]


def test_json_has_the_pair_and_the_steps(data: Path) -> None:
    preview_figures = json.loads(preview(data, "--flag", "0", "--reject", "1", "--json").output)

    assert preview_figures["thresholds"]["read"] == 1.0
    assert preview_figures["thresholds"]["missed"] == 0.0
    assert [step["flag"] for step in preview_figures["steps"]][:2] == [0.05, 0.1]


def test_a_picture_is_written(data: Path, tmp_path: Path) -> None:
    result = preview(data, "--svg", str(tmp_path / "curve.svg"))

    assert result.exit_code == 0, result.output
    picture = fromstring((tmp_path / "curve.svg").read_text())  # noqa: S314 written just now
    assert len(picture.findall("{*}polyline")) == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("text,label\nhello,maybe\n", "line 2, column 'label': 'maybe' is no label"), ("", "no rows")],
)
def test_a_bad_file_is_a_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(content)

    result = preview(path)

    assert result.exit_code == 1
    assert sentence in result.output


def test_the_picture_has_both_thresholds_and_what_they_do(data: Path, tmp_path: Path) -> None:
    preview(data, "--flag", "0.3", "--reject", "0.9", "--svg", str(tmp_path / "curve.svg"))

    picture = (tmp_path / "curve.svg").read_text()
    for words in ("flag 30 %", "reject 90 %", "dashed: toxic, but below", "12 comments: "):
        assert f">{words}" in picture
