import numpy as np
import pytest

from models.datasets.obfuscation import FAMILIES, HELD_OUT_FAMILIES
from models.evaluation.robustness import identity_term_bias, robustness
from models.serving.artefact import read_manifest
from models.serving.classifier import ARTEFACT, Classifier
from tests.support.labelled_samples import ABUSIVE, CIVIL


def test_the_shipped_model_gives_the_figures_of_its_card_again(classifier: Classifier) -> None:
    bias = identity_term_bias(classifier)

    expected = read_manifest(ARTEFACT)["robustness"]
    assert bias.plain_flagged == expected["plain_flagged"]
    assert bias.spread == pytest.approx(expected["spread"], abs=1e-4)


def test_the_shipped_model_does_not_take_a_name_for_an_insult(classifier: Classifier) -> None:
    bias = identity_term_bias(classifier)

    assert bias.spread <= 0.1
    means = bias.mean_by_name.values()
    assert bias.spread == pytest.approx(max(means) - min(means), abs=1e-3)


def test_every_family_of_obfuscation_is_measured(classifier: Classifier) -> None:
    labels = np.repeat([1.0, 0.0], [len(ABUSIVE), len(CIVIL)])

    figures = robustness(classifier, [*ABUSIVE, *CIVIL], labels)

    assert figures.clean == 1.0
    assert list(figures.disguised) == list(FAMILIES)
    assert min(figures.disguised.values()) >= 0.9
    assert figures.held_out_families == tuple(HELD_OUT_FAMILIES)
