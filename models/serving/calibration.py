"""From a raw score (log-odds) to a probability: a rising curve fitted to out-of-fold scores."""

from dataclasses import dataclass

import numpy as np

from models.features.array_types import Floats


@dataclass(frozen=True)
class Calibration:
    """Platt's curve, bent where the raw score is 0: log-odds = slope x raw + intercept.

    Attributes:
        slope: Of raw scores below 0; above 0 itself, so that no two scores change places.
        upper_slope: Of raw scores above 0; above 0 itself.
        intercept: Log-odds of a raw score of 0.
    """

    slope: float
    upper_slope: float
    intercept: float

    def probabilities(self, raw: Floats) -> Floats:
        """Return the probability of each raw score, from 0 to 1, in the same shape."""
        return probabilities(slopes(raw, self.slope, self.upper_slope) * raw + self.intercept)


def slopes(raw: Floats, lower: Floats | float, upper: Floats | float) -> Floats:
    """Return the slope of the curve at each raw score.

    Args:
        raw: Raw scores, shape (..., attributes) or (rows,).
        lower: The slopes below 0, one per attribute or one.
        upper: The slopes above 0, one per attribute or one.

    Returns:
        The shape of `raw`.
    """
    return np.where(raw > 0, upper, lower)


def probabilities(log_odds: Floats) -> Floats:
    """Return 1 / (1 + exp(-log-odds)), without overflow, in the same shape."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * log_odds)))
