import os
from pathlib import Path

import pytest

from models.datasets.corpus import read_corpus
from models.datasets.examples import Example
from models.fitting.design_matrix import DesignMatrix, build_design_matrix
from models.serving.classifier import ARTEFACT, Classifier, load
from models.training.train import train
from tests.support.labelled_samples import write_corpus


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def examples(corpus: Path) -> list[Example]:
    """The tests' own rows, without our sentences, which would be most of them."""
    sources = ("neutral", "hateful")
    return [example for example in read_corpus(corpus) if example.source not in sources]


@pytest.fixture(scope="session")
def design(examples: list[Example]) -> DesignMatrix:
    return build_design_matrix(examples, seed=1)


@pytest.fixture(scope="session")
def small_artefact(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An artefact trained on the tests' own few hundred rows."""
    out = tmp_path_factory.mktemp("small") / "artefact"
    train(corpus, out, seed=1, on_step=lambda step: None)
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
