"""A share and its interval, beside numbers that Wilson's formula is known to give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from moderation.review.error_estimate import ENOUGH, PastDecisions, wilson_interval


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),  # nothing seen is not nothing there
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (10, 100, 0.0552, 0.1744),
        (1, 1, 0.2065, 1.0),
        (500, 1000, 0.4691, 0.5309),
    ],
)
def test_the_interval_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    interval = wilson_interval(part, whole)

    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


@given(
    st.integers(1, 10_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
)
def test_the_share_lies_in_its_interval_and_that_from_0_to_1(counts: tuple[int, int]) -> None:
    interval, share = wilson_interval(*counts), counts[0] / counts[1]

    assert 0 <= interval.low <= share + 1e-12
    assert share - 1e-12 <= interval.high <= 1


# The models take the interval from scipy, which the service must start without.
@given(
    st.integers(1, 10_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
)
def test_scipy_has_the_same_interval(counts: tuple[int, int]) -> None:
    interval = wilson_interval(*counts)

    reference = binomtest(*counts).proportion_ci(method="wilson")
    assert (interval.low, interval.high) == pytest.approx(tuple(reference), abs=1e-6)


def test_what_people_rejected_is_the_error_of_approving() -> None:
    past = PastDecisions(approved=60, rejected=40)

    assert (past.number, past.error_of_approving.observed) == (100, 0.4)
    assert past.error_of_rejecting.observed == 0.6


@pytest.mark.parametrize(
    ("approved", "rejected", "enough"), [(0, 0, False), (20, 9, False), (1, 29, True)]
)
def test_few_decisions_are_too_few(approved: int, rejected: int, enough: bool) -> None:
    assert PastDecisions(approved, rejected).enough is enough
    assert ENOUGH == 30
