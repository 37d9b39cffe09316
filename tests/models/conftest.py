import os
from pathlib import Path

import pytest

from models.serving.classifier import ARTEFACT, Classifier, load
from models.training.train import train
from tests.support.labelled_samples import write_corpus


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def small_artefact(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An artefact trained on the tests' own few hundred rows."""
    out = tmp_path_factory.mktemp("small") / "artefact"
    train(corpus, out, seed=1, tell=lambda step: None)
    return out


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    """The classifier that Parley ships."""
    return load(ARTEFACT)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    folder = os.environ.get("PARLEY_SHARED")
    if not folder:
        pytest.skip("PARLEY_SHARED does not name the folder with the labelled comments")
    return Path(folder) / "data"
