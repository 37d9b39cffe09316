"""Bootstrap intervals: how uncertain a figure is because it comes from few rows (Efron 1979)."""

from collections.abc import Callable

import numpy as np

from models.features.array_types import Floats

RESAMPLES = 200


def bootstrap_interval(
    figure: Callable[[Floats, Floats], float], labels: Floats, scores: Floats, *, seed: int
) -> tuple[float, float]:
    """Compute the middle 95 % of a figure over resamples of the rows.

    Args:
        figure: From labels and scores to the figure.
        labels: 0 or 1, both present, shape (rows,).
        scores: Shape (rows,).
        seed: Of the resamples.

    Returns:
        The lower and the upper end, rounded to four decimals. Resamples of one kind of rows only
        are left out.
    """
    rng = np.random.default_rng(seed)
    figures = []
    for _ in range(RESAMPLES):
        rows = rng.integers(0, len(labels), size=len(labels))
        if 0 < labels[rows].sum() < len(rows):
            figures.append(figure(labels[rows], scores[rows]))
    low, high = np.quantile(figures, (0.025, 0.975))
    return round(float(low), 4), round(float(high), 4)
