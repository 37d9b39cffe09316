"""From a raw score (log-odds) to a probability: a rising curve through measured points."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Calibration:
    """Platt's curve, probability = 1 / (1 + exp(-(slope x raw + intercept))), slope above 0."""

    slope: float
    intercept: float

    def probabilities(self, raw: Floats) -> Floats:
        return probabilities(self.slope * raw + self.intercept)


def probabilities(log_odds: Floats) -> Floats:
    """1 / (1 + exp(-x)) without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * log_odds)))
