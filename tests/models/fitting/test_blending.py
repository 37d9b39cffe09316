import numpy as np
import pytest

from models.datasets.labelled_file import BadLabels
from models.features.vectoriser import WIDTH
from models.fitting.blending import NewRows, blend
from models.fitting.folds import FOLDS
from models.fitting.linear_svm import ABUSE, LinearModel, feature_matrix
from tests.support.labelled_samples import ABUSIVE, CIVIL, varied

TEXTS = varied(ABUSIVE, 4) + varied(CIVIL, 4)
LABELS = np.repeat([1.0, 0.0], len(TEXTS) // 2)
FEATURES = feature_matrix(TEXTS)
IGNORANT = LinearModel(np.zeros(WIDTH), 0.0)


def new_rows(labels: np.ndarray, folds: np.ndarray) -> NewRows:
    return NewRows("insult", FEATURES, labels, folds, ABUSE)


def test_new_rows_teach_a_model_that_knew_nothing() -> None:
    rows, steps = new_rows(LABELS, np.arange(len(TEXTS)) % FOLDS), list[str]()

    blended, raw = blend(rows, IGNORANT, 1, steps.append)

    scores = blended.raw(FEATURES)
    assert scores[LABELS == 1].min() > scores[LABELS == 0].max()
    assert raw[LABELS == 1].mean() > raw[LABELS == 0].mean()
    assert steps == [*(f"insult: fold {fold} of 4" for fold in range(1, 5)), "insult: all folds"]


def test_the_old_model_keeps_a_share_where_new_rows_agree_with_it() -> None:
    rows = new_rows(LABELS, np.arange(len(TEXTS)) % FOLDS)
    weights = np.zeros(WIDTH)
    weights[feature_matrix(ABUSIVE).indices] = 1.0
    unused = int(np.flatnonzero(np.bincount(FEATURES.indices, minlength=WIDTH) == 0)[0])
    weights[unused] = 1.0

    blended, _ = blend(rows, LinearModel(weights, 0.0), 1, lambda step: None)

    assert blended.weights[unused] > 0


@pytest.mark.parametrize("folds", [np.zeros(len(TEXTS), int), LABELS.astype(int)])
def test_rows_that_leave_a_fold_without_both_labels_are_refused(folds: np.ndarray) -> None:
    with pytest.raises(BadLabels, match="column 'insult' has too few different comments"):
        blend(new_rows(LABELS, folds), IGNORANT, 1, lambda step: None)
