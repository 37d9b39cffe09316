"""From a raw score (log-odds) to a probability: a rising curve through measured points."""

from dataclasses import dataclass

import numpy as np

from models.features.array_types import Floats


@dataclass(frozen=True)
class Calibration:
    """Platt's curve, bent where the raw score is 0: log-odds = slope x raw + intercept.

    Both slopes are above 0, so that no two scores change places.
    """

    slope: float  # of raw scores below 0
    upper_slope: float  # of those above
    intercept: float

    def probabilities(self, raw: Floats) -> Floats:
        return probabilities(slopes(raw, self.slope, self.upper_slope) * raw + self.intercept)


def slopes(raw: Floats, lower: Floats | float, upper: Floats | float) -> Floats:
    """The slope at each raw score."""
    return np.where(raw > 0, upper, lower)


def probabilities(log_odds: Floats) -> Floats:
    """1 / (1 + exp(-x)) without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * log_odds)))
