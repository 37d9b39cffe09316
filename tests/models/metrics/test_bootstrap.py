import numpy as np

from models.metrics.bootstrap import bootstrap_interval
from models.metrics.ranking_metrics import roc_auc


def test_an_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    rng = np.random.default_rng(3)
    labels = (rng.random(300) < 0.3).astype(float)
    scores = labels + rng.normal(size=300)

    (low, high), again = (bootstrap_interval(roc_auc, labels, scores, seed=1) for _ in "ab")

    assert (low, high) == again
    assert low < roc_auc(labels, scores) < high


def test_perfect_scores_are_perfect_in_every_resample() -> None:
    labels = np.array([0.0, 0.0, 1.0, 1.0])

    assert bootstrap_interval(roc_auc, labels, labels, seed=1) == (1.0, 1.0)
