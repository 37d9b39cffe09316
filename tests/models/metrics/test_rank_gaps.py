import numpy as np

from models.metrics.rank_gaps import rank_gaps


def test_the_widest_gap_comes_first_whatever_the_scales_are() -> None:
    first = np.array([10.0, 90.0, 80.0, 20.0, 5.0, 30.0])
    second = np.array([0.3, 0.01, 0.02, 0.9, 0.8, 0.04])

    gaps = rank_gaps(first, second, held_first=first >= 30, held_second=second >= 0.3)

    assert gaps.only_first == [1, 2, 5]
    assert gaps.only_second == [4, 3, 0]


def test_what_both_or_neither_hold_is_no_difference() -> None:
    scores = np.array([0.1, 0.9])

    gaps = rank_gaps(scores, scores, held_first=scores > 0.5, held_second=scores > 0.5)

    assert (gaps.only_first, gaps.only_second) == ([], [])
