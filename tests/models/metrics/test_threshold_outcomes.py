import numpy as np
import pytest

from models.metrics.threshold_outcomes import outcome, wilson_interval

LABELS = np.array([1, 1, 1, 0, 0, 0, 0, 0], dtype=float)
SCORES = np.array([0.95, 0.5, 0.1, 0.9, 0.6, 0.2, 0.1, 0.0])


def test_each_share_is_of_what_it_says() -> None:
    found = outcome(LABELS, SCORES, flag=0.5, reject=0.9)

    assert (found.rows, found.positives, found.rejected) == (8, 3, 2)
    assert (found.precision, found.missed, found.read) == (0.5, 1 / 3, 0.25)


def test_where_nothing_is_rejected_there_is_no_precision() -> None:
    found = outcome(np.zeros(3), np.full(3, 0.2), flag=0.5, reject=0.9)

    assert (found.precision, found.interval, found.missed, found.read) == (None, None, None, 0.0)


@pytest.mark.parametrize(
    ("hits", "count", "interval"),
    [(0, 10, (0.0, 0.2775)), (10, 10, (0.7225, 1.0)), (81, 263, (0.2553, 0.3662))],
)
def test_wilson_interval(hits: int, count: int, interval: tuple[float, float]) -> None:
    assert wilson_interval(hits, count) == pytest.approx(interval, abs=5e-5)
