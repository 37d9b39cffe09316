import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.commands.train import train
from judging.spoken_languages import languages_beside
from models.serving.classifier import load
from models.serving.languages import Grade, LanguageModels
from tests.support.labelled_samples import CIVIL, SPAM, varied, write_corpus
from tests.support.language_corpus import write_language_corpus


def run_train(var: Path, data: Path, *options: str) -> Result:
    arguments = ["--data", str(data), *options]
    return CliRunner().invoke(train, arguments, env={"PARLEY_VAR": str(var), "PARLEY_MODEL": ""})


@pytest.fixture
def own_comments(tmp_path: Path) -> Path:
    """An operator's file, with just enough rows to learn from."""
    rows = [{"text": text, "spam": 1} for text in varied(SPAM, 12)]
    rows += [{"text": text, "spam": 0} for text in varied(CIVIL, 12)]
    path = tmp_path / "own.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_parleys_files_make_a_new_version_beside_the_others(tmp_path: Path) -> None:
    data, var = write_corpus(tmp_path / "data"), tmp_path / "var"

    result = run_train(var, data)

    assert result.exit_code == 0, result.output
    assert "toxicity: fold 1 of 4\n" in result.output
    (version,) = (var / "models").iterdir()
    assert f"`parley model use {version.name}`" in result.output
    assert load(version).version == version.name
    suffixes = sorted(path.suffix for path in version.iterdir())
    assert suffixes == [".json", ".md", ".npz", ".svg", ".svg", ".svg"]


@pytest.mark.training
@pytest.mark.timeout(600)
def test_one_command_trains_english_and_the_other_languages(tmp_path: Path) -> None:
    data, var = write_language_corpus(tmp_path / "data"), tmp_path / "var"

    result = run_train(var, data)

    assert result.exit_code == 0, result.output
    english, languages = (
        result.output.index(step) for step in ("toxicity: fold 1 of 4", "languages: nl")
    )
    assert english < languages
    (version,) = (var / "models").iterdir()
    assert load(version).version == version.name
    models = LanguageModels(languages_beside(version))
    assert (models.grade("nl"), list(models.problems())) == (Grade.SORTS, [])


def test_training_says_each_step_and_where_the_artefact_is(
    tmp_path: Path, own_comments: Path
) -> None:
    out = tmp_path / "artefact"

    result = run_train(tmp_path / "var", own_comments, "--out", str(out))

    assert result.exit_code == 0, result.output
    assert "spam: fold 1 of 4\n" in result.output
    assert result.output.endswith(f"The artefact is in {out}; its card is {out / 'CARD.md'}.\n")
    assert sorted(path.suffix for path in out.iterdir()) == [".json", ".md", ".npz"]
    assert not (tmp_path / "var" / "models").exists()


def test_own_comments_make_a_version_of_the_model_in_use(
    tmp_path: Path, own_comments: Path
) -> None:
    result = run_train(tmp_path / "var", own_comments)

    assert result.exit_code == 0, result.output
    assert "spam: fold 1 of 4\n" in result.output
    (version,) = (tmp_path / "var" / "models").iterdir()
    assert f"`parley model use {version.name}`" in result.output


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ("text,spam\nhello,maybe\n", "line 2, column 'spam': 'maybe' is no label"),
        ("text,spam\nhello,1\n", "column 'spam' has 1 rows with 1 and 0 with 0"),
    ],
)
def test_what_is_wrong_with_own_comments_is_named(
    tmp_path: Path, content: str, refusal: str
) -> None:
    (tmp_path / "own.csv").write_text(content)

    result = run_train(tmp_path / "var", tmp_path / "own.csv")

    assert result.exit_code == 1
    assert refusal in result.output


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    result = run_train(tmp_path / "var", tmp_path, "--out", str(tmp_path / "out"))

    assert result.exit_code == 1
    assert f"Error: {tmp_path / 'jigsaw.csv.gz'} is missing" in result.output
    assert not (tmp_path / "out").exists()


def test_help_shows_an_example() -> None:
    result = CliRunner().invoke(train, ["--help"])

    assert "parley train --data DIR --out models/artefact" in result.output
