import json
from pathlib import Path

from click.testing import CliRunner

from cli.commands.evaluate import evaluate
from models.evaluation.resource_cost import CHARACTERS
from models.serving.artefact import read_manifest
from models.serving.classifier import ARTEFACT

RUNNER = CliRunner()


def test_the_figures_of_the_sentences_are_those_of_the_card() -> None:
    result = RUNNER.invoke(evaluate, ["--model", str(ARTEFACT), "--json"])

    assert result.exit_code == 0, result.output
    figures, manifest = json.loads(result.output), read_manifest(ARTEFACT)
    assert figures["functional"] == manifest["functional"]
    languages = sum(path.stat().st_size for path in (ARTEFACT / "languages").iterdir()) / 1e6
    assert languages < figures["cost"]["artefact_mb"] - 1 <= 5
    assert 0 < figures["cost"]["memory_mb"] <= 60
    assert figures["cost"]["batch_per_second"] > 0


def test_a_person_reads_what_a_comment_costs() -> None:
    result = RUNNER.invoke(evaluate, ["--model", str(ARTEFACT)])

    assert result.exit_code == 0, result.output
    assert f"one comment of {CHARACTERS} characters" in result.output
    assert "comments a second" in result.output


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    result = RUNNER.invoke(evaluate, ["--model", str(tmp_path)])

    assert result.exit_code == 1
    assert "manifest.json is missing" in result.output
