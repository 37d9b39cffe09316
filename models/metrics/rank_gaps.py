"""On which comments two services differ most, whatever scales their scores have."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from models.features.array_types import Floats
from models.metrics.threshold_matches import Flags


@dataclass(frozen=True)
class RankGaps:
    """Numbers of rows, the widest gap between the two ranks first.

    Attributes:
        only_first: What the first service holds and the second does not.
        only_second: What the second service holds and the first does not.
    """

    only_first: Sequence[int]
    only_second: Sequence[int]


def rank_gaps(first: Floats, second: Floats, *, held_first: Flags, held_second: Flags) -> RankGaps:
    """Find what one of two services holds, ordered by how far they are apart.

    Args:
        first: Scores of the first service, on any scale; equal ones share a rank. Shape (rows,).
        second: Scores of the second service, likewise.
        held_first: What the first one holds, shape (rows,).
        held_second: What the second one holds, shape (rows,).

    Returns:
        The rows on which they do not agree.
    """
    gaps = rankdata(first) - rankdata(second)
    return RankGaps(
        _ordered(-gaps, held_first & ~held_second), _ordered(gaps, held_second & ~held_first)
    )


def _ordered(gaps: Floats, held_by_one: Flags) -> list[int]:
    order = np.argsort(gaps, kind="stable")
    return [int(row) for row in order if held_by_one[row]]
