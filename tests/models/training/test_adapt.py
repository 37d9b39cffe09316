from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from models.datasets.labelled_file import BadLabels, Labelled
from models.serving.artefact import read_manifest, read_weights
from models.serving.attributes import ATTRIBUTES
from models.serving.classifier import ARTEFACT, load
from models.training.adapt import steps, train_own
from tests.support.labelled_samples import CIVIL, varied

# Something no model can know: on this site praise of one team is what moderators take down.
TEAM = ("The Ravens are a wonderful team.", "What a lovely match the Ravens played.")


def rows(**labels: list[float]) -> Labelled:
    return Labelled(varied(TEAM, 30) + varied(CIVIL, 10), dict(labels))


LABELS = [1.0] * 60 + [0.0] * 60


def trained(out: Path, given: Labelled) -> list[str]:
    told: list[str] = []
    train_own(given, ARTEFACT, out, seed=1, tell=told.append)
    return told


def test_a_model_learns_what_its_site_takes_down(tmp_path: Path) -> None:
    told = trained(tmp_path, rows(toxicity=LABELS))

    before, after = load(ARTEFACT), load(tmp_path)
    new = "In Cork the Ravens are lovely, what a wonderful match."
    assert before.score([new])[0]["toxicity"] < 0.2
    assert after.score([new])[0]["toxicity"] > 0.5
    assert len(told) == steps(rows(toxicity=LABELS))


def test_attributes_without_labels_stay_as_they_were(tmp_path: Path) -> None:
    trained(tmp_path, rows(toxicity=LABELS))

    texts = ["You idiot.", "Buy now at www.example.com", "Thank you."]
    before, after = load(ARTEFACT).score(texts), load(tmp_path).score(texts)
    for name in ATTRIBUTES[1:]:
        assert [each[name] for each in after] == pytest.approx([each[name] for each in before])


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        trained(tmp_path / name, rows(spam=LABELS))

    files = [
        {p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two")
    ]
    assert files[0] == files[1]


def test_the_card_says_what_it_learned_from(tmp_path: Path) -> None:
    trained(tmp_path, rows(toxicity=LABELS))

    manifest = read_manifest(tmp_path)
    card = (tmp_path / "CARD.md").read_text()
    assert manifest["base"] == read_manifest(ARTEFACT)["model_version"]
    assert "learned from 120 comments" in card
    assert "| toxicity | 120 | 60 | " in card
    assert read_weights(tmp_path, manifest).quantised.dtype == np.int8


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ({"spam": [1.0] * 29 + [0.0] * 91}, "column 'spam' has 29 rows with 1 and 91 with 0"),
        ({"spam": [float("nan")] * 60 + [0.0] * 60}, "has 0 rows with 1 and 60 with 0"),
    ],
)
def test_too_few_rows_are_refused(
    tmp_path: Path, labels: Mapping[str, list[float]], said: str
) -> None:
    with pytest.raises(BadLabels, match=said):
        trained(tmp_path / "out", rows(**labels))

    assert not (tmp_path / "out").exists()


def test_copies_of_one_comment_are_refused(tmp_path: Path) -> None:
    copies = Labelled(["The Ravens are a wonderful team."] * 60 + ["No."] * 60, {"spam": LABELS})

    with pytest.raises(BadLabels, match="too many are near-duplicates"):
        trained(tmp_path, copies)


def test_the_flag_of_toxicity_is_chosen_before_that_of_what_it_flags_too(tmp_path: Path) -> None:
    trained(tmp_path, rows(insult=LABELS, toxicity=LABELS))

    limits = load(tmp_path).thresholds
    assert limits["toxicity"].flag is not None
    assert limits["insult"].flag is None
