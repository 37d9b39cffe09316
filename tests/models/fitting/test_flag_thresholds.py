import numpy as np
import pytest

from models.fitting.flag_thresholds import (
    Missed,
    joint_flag_thresholds,
    missed_by_all,
    misses_allowed,
    reaches_any,
)
from models.metrics.calibration_metrics import share_upper_bound

UNKNOWN = float("nan")


def columns(*values: list[float]) -> np.ndarray:
    return np.column_stack([np.array(column) for column in values])


@pytest.mark.parametrize(
    ("positives", "allowed"),
    [(0, 0), (19, 0), (20, 1), (99, 4), (100, 1), (124, 2), (1125, 43)],
)
def test_so_many_may_be_missed(positives: int, allowed: int) -> None:
    assert misses_allowed(positives) == allowed


def test_one_miss_more_than_allowed_breaks_the_bound() -> None:
    assert share_upper_bound(43, 1125) <= 0.05 < share_upper_bound(44, 1125)
    assert share_upper_bound(3, 3) == 1.0


def test_one_attribute_alone_misses_one_positive_in_twenty() -> None:
    scores = columns(list(np.arange(1, 21) / 100))

    assert joint_flag_thresholds(scores, np.ones((20, 1))) == [0.02]
    assert joint_flag_thresholds(scores[:19], np.ones((19, 1))) == [0.01]
    assert joint_flag_thresholds(scores, np.zeros((20, 1))) == [None]


def test_what_the_first_flags_needs_no_flag_of_its_own() -> None:
    scores = columns([0.9, 0.8, 0.1, 0.1], [0.2, 0.1, 0.3, 0.3])
    labels = columns([1.0, 1.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0])

    assert joint_flag_thresholds(scores, labels) == [0.8, None]


def test_what_the_first_misses_gets_a_flag_where_that_flags_fewer_others() -> None:
    scores = columns([0.9, 0.1, 0.2, 0.2], [0.0, 0.7, 0.1, 0.1])
    labels = columns([1.0, UNKNOWN, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0])

    assert joint_flag_thresholds(scores, labels) == [0.9, 0.7]


def test_the_first_gets_a_lower_flag_where_that_flags_fewer_others() -> None:
    scores = columns([0.9, 0.5, 0.2, 0.2], [0.0, 0.1, 0.3, 0.3])
    labels = columns([1.0, UNKNOWN, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0])

    assert joint_flag_thresholds(scores, labels) == [0.5, None]


def test_rows_without_a_score_count_for_nothing() -> None:
    scores = columns([0.9, UNKNOWN, 0.2], [UNKNOWN, UNKNOWN, 0.3])
    labels = columns([1.0, 1.0, 0.0], [1.0, 1.0, 0.0])

    assert joint_flag_thresholds(scores, labels) == [0.9, None]


def test_an_attribute_with_no_score_of_the_first_gets_its_own_flag() -> None:
    scores = columns([0.9, UNKNOWN], [0.1, 0.6])
    labels = columns([1.0, UNKNOWN], [0.0, 1.0])

    assert joint_flag_thresholds(scores, labels) == [0.9, 0.6]


def test_what_waits_anyway_needs_no_flag() -> None:
    scores, labels = columns([0.9, 0.1]), columns([1.0, 0.0])

    assert joint_flag_thresholds(scores, labels, np.array([True, False])) == [None]


def test_a_row_waits_by_any_flag_and_by_none_without() -> None:
    scores = columns([0.9, 0.2, 0.2], [0.1, 0.5, 0.4])

    assert reaches_any(scores, [0.8, 0.5]).tolist() == [True, True, False]
    assert reaches_any(scores, [None, None]).tolist() == [False, False, False]


def test_the_missed_are_positives_that_reach_no_flag() -> None:
    labels = columns([1.0, 1.0, 0.0, UNKNOWN])

    missed = missed_by_all(np.array([True, False, False, False]), labels, ["threat"])

    assert missed == {"threat": Missed(2, 1, 0.9747)}
