"""How far a figure could be off by the luck of the rows: bootstrap intervals."""

from collections.abc import Callable

import numpy as np

from models.features.array_types import Floats

RESAMPLES = 200


def bootstrap_interval(
    figure: Callable[[Floats, Floats], float], labels: Floats, scores: Floats, *, seed: int
) -> tuple[float, float]:
    """The middle 95 % of the figure over resamples of the rows that hold both kinds."""
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(RESAMPLES):
        rows = chance.integers(0, len(labels), size=len(labels))
        if 0 < labels[rows].sum() < len(rows):
            found.append(figure(labels[rows], scores[rows]))
    low, high = np.quantile(found, (0.025, 0.975))
    return round(float(low), 4), round(float(high), 4)
