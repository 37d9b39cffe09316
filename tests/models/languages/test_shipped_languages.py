"""The shipped languages are what training makes of their files, byte for byte."""

import json
import os
import subprocess
import sys
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


TRAIN_HERE = """
import json, sys
from pathlib import Path
from models.languages.language_rows import read_language
from models.languages.language_training import train_language

data, out = map(Path, sys.argv[1:])
print(json.dumps({c: train_language(read_language(data, c), c, out, seed=1) for c in ("da", "uk")}))
"""


@pytest.mark.training
def test_another_processor_trains_the_same_bytes(shared_data: Path, tmp_path: Path) -> None:
    """Algebra as on a processor without wide registers, which adds up in another order."""
    command = [sys.executable, "-c", TRAIN_HERE, str(shared_data), str(tmp_path)]
    environment = {**os.environ, "OPENBLAS_CORETYPE": "Nehalem"}

    trained = subprocess.run(command, env=environment, capture_output=True, check=True, text=True)

    shipped = read_manifest(SHIPPED)["languages"]
    assert json.loads(trained.stdout) == {code: shipped[code] for code in ("da", "uk")}
