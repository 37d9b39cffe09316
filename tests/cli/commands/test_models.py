import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.commands.models import model
from cli.commands.score import score
from models.serving.artefact import read_manifest
from models.serving.classifier import ARTEFACT
from tests.support.labelled_samples import ABUSIVE, CIVIL


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "labelled.csv"
    rows = [f'"{text}",1' for text in ABUSIVE] + [f'"{text}",0' for text in CIVIL]
    path.write_text("\n".join(["text,label", *rows]))
    return path


@pytest.fixture
def runner(tmp_path: Path) -> CliRunner:
    """Has the shipped model once more in its registry, as version `twin`."""
    shutil.copytree(ARTEFACT, tmp_path / "models" / "twin")
    return CliRunner(env={"PARLEY_VAR": str(tmp_path), "PARLEY_MODEL": "", "COLUMNS": "200"})


def parley_model(runner: CliRunner, *arguments: str) -> Result:
    return runner.invoke(model, list(arguments))


def test_versions_are_listed_with_the_one_in_use(runner: CliRunner) -> None:
    assert parley_model(runner, "use", "twin").exit_code == 0

    rows = json.loads(parley_model(runner, "list", "--json").output)

    versions = [row for row in rows if row["language"] == "en"]
    figure = read_manifest(ARTEFACT)["held_out"]["toxicity"]["roc_auc"]
    shown = [(row["name"], row["in_use"], row["roc_auc"]) for row in versions]
    assert shown == [("shipped", False, figure), ("twin", True, figure)]


def test_a_list_for_people_says_what_wins(runner: CliRunner) -> None:
    result = runner.invoke(model, ["list"], env={"PARLEY_MODEL": "/else/where"})

    assert "*  shipped" in result.output
    assert "PARLEY_MODEL wins over all of them: /else/where" in result.output


def test_an_unknown_version_is_refused_with_those_there_are(runner: CliRunner) -> None:
    result = parley_model(runner, "use", "none")

    assert result.exit_code == 1
    assert "there is no version 'none'; there are shipped, twin" in result.output


def test_two_versions_are_measured_on_the_same_rows(runner: CliRunner, data: Path) -> None:
    result = parley_model(runner, "compare", "shipped", "twin", "--data", str(data), "--json")

    figures = json.loads(result.output)
    assert figures["shipped"] == figures["twin"]
    assert figures["twin"]["label"]["rows"] == 12
    assert figures["twin"]["label"]["roc_auc"] == 1.0


def test_a_comparison_for_people_has_a_line_a_version(runner: CliRunner, data: Path) -> None:
    result = parley_model(runner, "compare", "shipped", str(ARTEFACT), "--data", str(data))

    assert result.exit_code == 0, result.output
    assert result.output.count("label") == 3
    assert str(ARTEFACT) in result.output


def test_rows_of_one_kind_cannot_be_compared(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("text,label\nhello,0\n")

    path = str(tmp_path / "one.csv")
    result = parley_model(runner, "compare", "shipped", "twin", "--data", path)

    assert result.exit_code == 1
    assert "has no column with both 0 and 1" in result.output


def test_scores_are_those_of_the_version_in_use(runner: CliRunner, tmp_path: Path) -> None:
    parley_model(runner, "use", "twin")
    shutil.rmtree(tmp_path / "models" / "twin")

    result = runner.invoke(score, ["hello"])

    assert result.exit_code == 1
    assert "there is no trained model here" in result.output
