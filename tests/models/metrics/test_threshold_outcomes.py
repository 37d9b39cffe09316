import numpy as np
import pytest

from models.metrics.threshold_outcomes import threshold_outcome, threshold_outcomes

LABELS = np.array([1, 1, 1, 0, 0, 0, 0, 0], dtype=float)
SCORES = np.array([0.95, 0.5, 0.1, 0.9, 0.6, 0.2, 0.1, 0.0])


def test_each_share_is_of_what_it_says() -> None:
    outcome = threshold_outcome(LABELS, SCORES, flag=0.5, reject=0.9)

    assert (outcome.rows, outcome.positives, outcome.rejected) == (8, 3, 2)
    assert (outcome.precision, outcome.missed, outcome.read) == (0.5, 1 / 3, 0.25)


def test_where_nothing_is_rejected_there_is_no_precision() -> None:
    outcome = threshold_outcome(np.zeros(3), np.full(3, 0.2), flag=0.5, reject=0.9)

    assert (outcome.precision, outcome.interval, outcome.missed) == (None, None, None)
    assert outcome.read == 0.0


@pytest.mark.parametrize(
    ("hits", "count", "interval"),
    [(0, 10, (0.0, 0.2775)), (10, 10, (0.7225, 1.0)), (81, 263, (0.2553, 0.3662))],
)
def test_the_interval_of_the_precision_is_wilsons(
    hits: int, count: int, interval: tuple[float, float]
) -> None:
    labels = np.arange(count) < hits

    outcome = threshold_outcome(labels.astype(float), np.ones(count), flag=0.5, reject=0.9)

    assert outcome.interval == pytest.approx(interval, abs=5e-5)


def test_each_threshold_alone_rejects_and_nobody_reads() -> None:
    outcomes = threshold_outcomes(LABELS, SCORES, np.array([0.05, 0.9]))

    assert [outcome.rejected for outcome in outcomes] == [7, 2]
    assert [outcome.read for outcome in outcomes] == [0.0, 0.0]
