from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from models.datasets.labelled_file import BadLabels, Labelled
from models.serving.artefact import read_manifest, read_weights
from models.serving.attributes import ATTRIBUTES
from models.serving.classifier import ARTEFACT, load
from models.training.adapt import adapt, step_count
from tests.support.labelled_samples import CIVIL, varied

# Something no model can know: on this site praise of one team is what moderators take down.
TEAM = ("The Ravens are a wonderful team.", "What a lovely match the Ravens played.")
LABELS = [1.0] * 60 + [0.0] * 60


def rows(**labels: list[float]) -> Labelled:
    return Labelled(varied(TEAM, 30) + varied(CIVIL, 10), dict(labels))


def adapt_shipped(out: Path, labelled: Labelled) -> list[str]:
    """The steps of the training; the new artefact is in `out`."""
    steps: list[str] = []
    adapt(labelled, ARTEFACT, out, seed=1, on_step=steps.append)
    return steps


@pytest.fixture(scope="module")
def adapted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped model, adapted to labels of toxicity."""
    out = tmp_path_factory.mktemp("adapted")
    adapt_shipped(out, rows(toxicity=LABELS))
    return out


def test_a_model_learns_what_its_site_takes_down(adapted: Path) -> None:
    before, after = load(ARTEFACT), load(adapted)

    new = "In Cork the Ravens are lovely, what a wonderful match."
    assert before.score([new])[0]["toxicity"] < 0.2
    assert after.score([new])[0]["toxicity"] > 0.5


def test_attributes_without_labels_stay_as_they_were(adapted: Path) -> None:
    texts = ["You idiot.", "Buy now at www.example.com", "Thank you."]

    before, after = load(ARTEFACT).score(texts), load(adapted).score(texts)

    for name in ATTRIBUTES[1:]:
        expected = [scores[name] for scores in before]
        assert [scores[name] for scores in after] == pytest.approx(expected)


def test_the_same_rows_give_the_same_bytes(adapted: Path, tmp_path: Path) -> None:
    steps = adapt_shipped(tmp_path, rows(toxicity=LABELS))

    first, second = (
        {path.name: path.read_bytes() for path in folder.iterdir()}
        for folder in (adapted, tmp_path)
    )
    assert first == second
    assert len(steps) == step_count(rows(toxicity=LABELS))


def test_the_card_says_what_it_learned_from(adapted: Path) -> None:
    manifest = read_manifest(adapted)
    card = (adapted / "CARD.md").read_text()

    assert manifest["base"] == read_manifest(ARTEFACT)["model_version"]
    assert "learned from 120 comments" in card
    assert "| toxicity | 120 | 60 | " in card
    assert read_weights(adapted, manifest).quantised.dtype == np.int8


@pytest.mark.parametrize(
    ("labels", "refusal"),
    [
        ({"spam": [1.0] * 29 + [0.0] * 91}, "column 'spam' has 29 rows with 1 and 91 with 0"),
        ({"spam": [float("nan")] * 60 + [0.0] * 60}, "has 0 rows with 1 and 60 with 0"),
    ],
)
def test_too_few_rows_are_refused(
    tmp_path: Path, labels: Mapping[str, list[float]], refusal: str
) -> None:
    with pytest.raises(BadLabels, match=refusal):
        adapt_shipped(tmp_path / "out", rows(**labels))

    assert not (tmp_path / "out").exists()


def test_copies_of_one_comment_are_refused(tmp_path: Path) -> None:
    copies = Labelled(["The Ravens are a wonderful team."] * 60 + ["No."] * 60, {"spam": LABELS})

    with pytest.raises(BadLabels, match="too many are near-duplicates"):
        adapt_shipped(tmp_path, copies)


def test_the_flag_of_toxicity_is_chosen_before_that_of_what_it_flags_too(tmp_path: Path) -> None:
    adapt_shipped(tmp_path, rows(insult=LABELS, toxicity=LABELS))

    limits = load(tmp_path).thresholds
    assert limits["toxicity"].flag is not None
    assert limits["insult"].flag is None
