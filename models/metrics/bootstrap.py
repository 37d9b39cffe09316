"""Bootstrap intervals: how uncertain a figure is because it comes from few rows (Efron 1979)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from models.features.array_types import Floats

RESAMPLES = 200

Rows = NDArray[np.int64]


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

    def resampled(rows: Rows) -> float | None:
        mixed = 0 < labels[rows].sum() < len(rows)
        return figure(labels[rows], scores[rows]) if mixed else None

    interval = row_interval(resampled, len(labels), seed=seed)
    if interval is None:
        message = "labels must have 0 and 1"
        raise ValueError(message)
    return interval


def row_interval(
    figure: Callable[[Rows], float | None], count: int, *, seed: int
) -> tuple[float, float] | None:
    """Compute the middle 95 % of any figure over resamples of the rows.

    Args:
        figure: From the numbers of rows to the figure; None where these rows have none.
        count: How many rows there are.
        seed: Of the resamples.

    Returns:
        The lower and the upper end, rounded to four decimals; None where no resample has a figure.
    """
    rng = np.random.default_rng(seed)
    resamples = (rng.integers(0, count, size=count) for _ in range(RESAMPLES))
    figures = [value for rows in resamples if (value := figure(rows)) is not None]
    if not figures:
        return None
    low, high = np.quantile(figures, (0.025, 0.975))
    return round(float(low), 4), round(float(high), 4)
