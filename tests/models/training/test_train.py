import json
import shutil
from pathlib import Path

import pytest

from models.datasets.corpus import BadTrainingData
from models.serving.attributes import ATTRIBUTES
from models.serving.classifier import load
from models.training.train import STEPS, train
from tests.support.labelled_samples import ABUSIVE, CIVIL, SPAM


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_training_again_gives_the_same_bytes(
    corpus: Path, small_artefact: Path, tmp_path: Path
) -> None:
    steps: list[str] = []

    train(corpus, tmp_path, seed=1, on_step=steps.append)

    assert contents(tmp_path) == contents(small_artefact)
    assert len(steps) == STEPS


def test_another_seed_gives_other_folds_and_clears_the_old_weights(
    corpus: Path, small_artefact: Path, tmp_path: Path
) -> None:
    out = Path(shutil.copytree(small_artefact, tmp_path / "artefact"))

    train(corpus, out, seed=2, on_step=lambda step: None)

    assert len(list(out.glob("weights-*"))) == 1
    assert load(out).version != load(small_artefact).version


def test_a_model_of_few_rows_tells_abuse_and_spam_from_civil_comments(small_artefact: Path) -> None:
    classifier = load(small_artefact)

    civil, abusive, spam = (classifier.score(texts) for texts in (CIVIL, ABUSIVE, SPAM))

    toxicity = max(scores["toxicity"] for scores in civil)
    assert min(scores["toxicity"] for scores in abusive) > toxicity
    assert min(scores["spam"] for scores in spam) > max(scores["spam"] for scores in civil)


def test_the_manifest_and_the_card_tell_of_every_attribute(small_artefact: Path) -> None:
    manifest = json.loads((small_artefact / "manifest.json").read_text())
    card = (small_artefact / "CARD.md").read_text()

    for part in ("attributes", "calibration", "thresholds", "cross_validated"):
        assert list(manifest[part]) == list(ATTRIBUTES)
    assert manifest["seed"] == 1
    assert manifest["sha256"][:12] in card
    assert all(f"| {name} |" in card for name in ATTRIBUTES)


def test_bad_data_leaves_the_old_artefact_whole(small_artefact: Path, tmp_path: Path) -> None:
    before = contents(small_artefact)

    with pytest.raises(BadTrainingData):
        train(tmp_path, small_artefact, seed=1, on_step=lambda step: None)

    assert contents(small_artefact) == before
