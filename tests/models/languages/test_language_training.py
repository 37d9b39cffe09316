"""All languages are trained from the files of a folder: the same files make the same bytes."""

from pathlib import Path

import pytest

from models.datasets.corpus import BadTrainingData
from models.languages.language_training import language_steps, train_languages
from models.serving.languages import Grade, LanguageModels
from tests.support.dutch_comments import ORDINARY, RUDE
from tests.support.language_corpus import write_language_corpus


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_language_corpus(tmp_path_factory.mktemp("languages") / "data")


@pytest.mark.training
@pytest.mark.timeout(600)
def test_the_same_files_make_the_same_bytes_with_each_step_said(data: Path, tmp_path: Path) -> None:
    steps: list[str] = []

    train_languages(data, tmp_path / "first", seed=1, on_step=steps.append)
    train_languages(data, tmp_path / "second", seed=1, on_step=lambda _: None)

    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("first", "second")
    )
    assert first == second
    assert len(steps) == language_steps(data)
    models = LanguageModels(tmp_path / "first")
    assert list(models.problems()) == []
    grades = {code: entry.grade for code, entry in models.entries.items()}
    assert grades == {"nl": Grade.SORTS, "sv": Grade.UNKNOWN}
    ordinary, rude = models.classifier("nl").score([ORDINARY, RUDE])
    assert ordinary["toxicity"] < rude["toxicity"]


def test_a_missing_file_is_named(data: Path, tmp_path: Path) -> None:
    (tmp_path / "multi").mkdir()
    (tmp_path / "multi" / "nl.csv.gz").write_bytes((data / "multi" / "nl.csv.gz").read_bytes())

    with pytest.raises(BadTrainingData, match=r"ordinary\.csv\.gz is missing"):
        train_languages(tmp_path, tmp_path / "out", seed=1, on_step=lambda _: None)
