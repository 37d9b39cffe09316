"""A filter is parsed once, and says itself as fields again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.comments import Status
from moderation.policy import ATTRIBUTES
from moderation.review.search_filter import Filter, InvalidFilter


def test_nothing_asked_is_everything() -> None:
    assert Filter.parse({"text": "", "status": "", "low": "", "unknown": "x"}) == Filter()
    assert Filter().as_fields() == {}


def test_each_field_narrows() -> None:
    fields = {
        "text": "fool",
        "status": "flagged",
        "site": "demo",
        "page": "/a",
        "name": "Ada",
        "attribute": "toxicity",
        "low": "0.4",
        "high": "0.6",
        "by": "moderator:Anna",
        "newer": "7",
        "older": "1",
    }

    search_filter = Filter.parse(fields)

    assert (search_filter.status, search_filter.low, search_filter.moderator) == (
        Status.FLAGGED,
        0.4,
        "Anna",
    )
    assert search_filter.as_fields() == fields


@pytest.mark.parametrize(
    ("fields", "scores"),
    [
        ({"least": "85", "most": "92.5 %"}, (0.85, 0.925)),
        ({"least": "0", "most": "1%"}, (0.0, 0.01)),
        ({"least": "85", "low": "0.1", "most": "", "high": "0.9"}, (0.85, 0.9)),
        ({"low": "0.85"}, (0.85, 1.0)),  # of an address that somebody kept
    ],
)
def test_people_give_scores_in_percent(fields: dict[str, str], scores: tuple[float, float]) -> None:
    search_filter = Filter.parse(fields)

    assert (search_filter.low, search_filter.high) == scores
    assert Filter.parse(search_filter.as_fields()) == search_filter


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("least", "-1"),
        ("most", "100.5"),
        ("most", "0,5"),
        ("least", "nan"),
        ("status", "gone"),
        ("attribute", "beauty"),
        ("low", "-0.1"),
        ("high", "1.01"),
        ("low", "nan"),
        ("high", "many"),
        ("by", "me"),
        ("newer", "-1"),
        ("newer", "²"),
        ("older", "1.5"),
        ("older", "9" * 40),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(field: str, value: str) -> None:
    with pytest.raises(InvalidFilter) as refused:
        Filter.parse({field: value})

    assert refused.value.field == field


@given(
    st.builds(
        Filter,
        text=st.none()
        | st.text(min_size=1).map(lambda text: text.replace("\0", " ").strip() or None),
        status=st.none() | st.sampled_from(Status),
        attribute=st.none() | st.sampled_from(ATTRIBUTES),
        low=st.integers(0, 100).map(lambda number: number / 100),
        newer=st.none() | st.integers(0, 36_500),
        by=st.none() | st.sampled_from(["policy", "moderator:Bea"]),
    )
)
def test_what_a_filter_says_parses_to_it(search_filter: Filter) -> None:
    assert Filter.parse(search_filter.as_fields()) == search_filter


@given(st.dictionaries(st.sampled_from(list(Filter().__slots__)), st.text()))
def test_any_fields_are_a_filter_or_refused(fields: dict[str, str]) -> None:
    try:
        search_filter = Filter.parse(fields)
    except InvalidFilter:
        return
    assert Filter.parse(search_filter.as_fields()) == search_filter
