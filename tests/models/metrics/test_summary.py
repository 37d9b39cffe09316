import numpy as np

from models.metrics.summary import Figures, measure


def test_rows_without_a_label_are_not_measured() -> None:
    labels = np.array([0.0, 0.0, 1.0, 1.0, np.nan])

    figures = measure(labels, np.array([0.1, 0.3, 0.7, 0.9, 0.5]))

    assert figures == Figures(4, 2, 1.0, 1.0, 0.2, 0.05)


def test_shares_have_four_decimals() -> None:
    figures = measure(np.array([0.0, 1.0, 1.0, 1.0]), np.array([0.5, 0.2, 0.6, 0.9]))

    assert (figures.roc_auc, figures.average_precision) == (0.6667, 0.9167)
