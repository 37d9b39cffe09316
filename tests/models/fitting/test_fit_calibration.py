import numpy as np
import pytest

from models.fitting.fit_calibration import fit_calibration, label_gap_weights
from models.serving.calibration import Calibration


def sample(lower: float, upper: float) -> tuple[np.ndarray, np.ndarray]:
    """Raw scores and labels whose probabilities follow a curve with these slopes."""
    rng = np.random.default_rng(5)
    raw = rng.uniform(-2, 2, 20_000)
    odds = Calibration(lower, upper, 0.0).probabilities(raw)
    return raw, (rng.random(len(raw)) < odds).astype(float)


def test_scores_of_two_slopes_give_a_bent_curve() -> None:
    raw, labels = sample(1.0, 4.0)

    curve = fit_calibration(raw, labels, np.ones(len(raw)))

    assert curve.slope == pytest.approx(1.0, abs=0.15)
    assert curve.upper_slope == pytest.approx(4.0, abs=0.6)


def test_a_side_that_would_turn_the_order_round_leaves_the_curve_straight() -> None:
    raw, labels = sample(3.0, -0.5)

    curve = fit_calibration(raw, labels, np.ones(len(raw)))

    assert curve.slope == curve.upper_slope > 0


def test_a_handful_of_rows_of_one_kind_gives_a_straight_curve() -> None:
    curve = fit_calibration(np.array([-1.0, -0.5, -2.0, 1.0]), np.array([0.0, 0, 0, 1]), np.ones(4))

    assert curve.slope == curve.upper_slope


def test_toxic_comments_with_a_label_stand_for_those_without() -> None:
    toxic = np.array([1.0, 1, 1, 0, 0])
    labels = np.array([1.0, np.nan, np.nan, 0, np.nan])

    assert label_gap_weights(toxic, labels).tolist() == [3.0, 3.0, 3.0, 1.0, 1.0]


def test_without_a_gap_all_rows_weigh_the_same() -> None:
    assert label_gap_weights(np.array([1.0, 0]), np.array([0.0, 0])).tolist() == [1.0, 1.0]
