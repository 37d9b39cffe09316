"""The shipped languages are what training makes of their files, byte for byte."""

from pathlib import Path

import pytest

from models.languages.language_rows import read_language
from models.languages.language_training import train_language
from models.serving.classifier import ARTEFACT
from models.serving.languages.language_manifest import read_manifest

SHIPPED = ARTEFACT / "languages"


@pytest.mark.training
@pytest.mark.parametrize("code", ["am", "uk", "hi-Latn", "da"])
def test_a_shipped_language_is_trained_again_to_the_same_bytes(
    shared_data: Path, tmp_path: Path, code: str
) -> None:
    trained = train_language(read_language(shared_data, code), code, tmp_path, seed=1)

    assert trained == read_manifest(SHIPPED)["languages"][code]
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (SHIPPED / path.name).read_bytes()
