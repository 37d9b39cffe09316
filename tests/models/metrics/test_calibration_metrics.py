import numpy as np
import pytest

from models.metrics.calibration_metrics import (
    brier_score,
    expected_calibration_error,
    precision_lower_bounds,
    reject_threshold,
)

LABELS = np.array([0.0, 0.0, 1.0, 1.0])
SCORES = np.array([0.1, 0.3, 0.7, 0.9])


def test_calibration_error_is_the_mean_gap_of_the_bins() -> None:
    # Two bins of two rows: mean scores 0.2 and 0.8 against shares 0 and 1.
    assert expected_calibration_error(LABELS, SCORES, bins=2) == pytest.approx(0.2)


def test_a_score_of_one_falls_in_the_last_bin() -> None:
    assert expected_calibration_error(np.array([1.0]), np.array([1.0])) == 0.0


def test_brier_score_is_the_mean_squared_distance() -> None:
    assert brier_score(LABELS, SCORES) == pytest.approx((0.01 + 0.09 + 0.09 + 0.01) / 4)


@pytest.mark.parametrize(
    ("hits", "chosen", "bound"),
    [(0, 10, 0.0), (1, 1, 0.05), (59, 59, 0.9505), (58, 58, 0.9497), (95, 100, 0.8977)],
)
def test_the_bound_is_that_of_clopper_and_pearson(hits: int, chosen: int, bound: float) -> None:
    bounds = precision_lower_bounds(np.array([float(hits)]), np.array([float(chosen)]))

    assert bounds[0] == pytest.approx(bound, abs=1e-4)


def test_rejecting_needs_59_hits_in_a_row_for_95_percent() -> None:
    scores = np.linspace(1, 0.5, 60)

    assert reject_threshold(np.ones(59), scores[:59]) == scores[58]
    assert reject_threshold(np.ones(58), scores[:58]) is None


def test_rows_of_one_score_are_rejected_together() -> None:
    labels = np.array([1.0] * 60 + [0.0] * 60)

    assert reject_threshold(labels, np.full(120, 0.9)) is None
