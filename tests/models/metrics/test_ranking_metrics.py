import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from models.metrics.ranking_metrics import average_precision, roc_auc

# One score of few, so that there are ties; both labels.
SCORES = st.integers(0, 9).map(lambda tenth: tenth / 10)
ROWS = st.lists(st.tuples(st.sampled_from([0.0, 1.0]), SCORES), max_size=30).map(
    lambda rows: [*rows, (0.0, 0.5), (1.0, 0.5)]
)


@given(ROWS)
def test_figures_are_those_of_scikit_learn(rows: list[tuple[float, float]]) -> None:
    labels, scores = (np.array(column) for column in zip(*rows, strict=True))

    assert roc_auc(labels, scores) == pytest.approx(roc_auc_score(labels, scores), abs=1e-12)
    expected = average_precision_score(labels, scores)
    assert average_precision(labels, scores) == pytest.approx(expected, abs=1e-12)


def test_a_tie_counts_half() -> None:
    labels, scores = np.array([0.0, 1.0, 1.0]), np.array([0.5, 0.5, 0.9])

    assert roc_auc(labels, scores) == 0.75
    assert average_precision(labels, scores) == pytest.approx((1 + 2 / 3) / 2)
