import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.serving.calibration import Calibration, probabilities, slopes

LOG_ODDS = st.floats(-1e6, 1e6)
SLOPES = st.floats(0.01, 100)


def test_the_slope_changes_where_the_raw_score_is_zero() -> None:
    curve = Calibration(slope=1.0, upper_slope=3.0, intercept=0.0)

    shares = curve.probabilities(np.array([-1.0, 0.0, 1.0]))

    assert shares == pytest.approx([1 / (1 + np.e), 0.5, 1 / (1 + np.exp(-3))])


def test_each_attribute_has_slopes_of_its_own() -> None:
    raw = np.array([[-1.0, 1.0], [1.0, -1.0]])

    by_row = slopes(raw, np.array([1.0, 2.0]), np.array([3.0, 4.0]))

    assert by_row.tolist() == [[1.0, 4.0], [3.0, 2.0]]


def test_extreme_log_odds_overflow_nothing() -> None:
    assert probabilities(np.array([-1e9, 0.0, 1e9])).tolist() == [0.0, 0.5, 1.0]


@given(st.lists(LOG_ODDS, min_size=2, max_size=9), SLOPES, SLOPES, LOG_ODDS)
def test_no_two_scores_change_places(
    raw: list[float], lower: float, upper: float, intercept: float
) -> None:
    curve = Calibration(lower, upper, intercept)

    shares = curve.probabilities(np.array(sorted(raw)))

    assert (np.diff(shares) >= 0).all()
    assert ((shares >= 0) & (shares <= 1)).all()
