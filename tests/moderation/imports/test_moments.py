"""The times of other systems."""

from datetime import UTC, datetime

import pytest

from moderation.imports.moments import moment
from moderation.imports.records import UnreadableRow

NOON = datetime(2020, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2020-05-01T12:00:00Z",
        "2020-05-01 12:00:00",
        "2020-05-01T14:00:00.000000000+02:00",
        "2020-05-01 14:00:00 +0200",
        "2020-05-01 12:00:00 +0000 UTC",
        "2020-05-01 20:00:00 +0800 CST",
        "2020-05-01 07:00:00 -0500",
        "2020-05-01 09:00:00.000 -0300 -03",
        "2020-05-01 14:00:00+02",
        1588334400,
        1588334400000,
        1588334400.0,
        {"$date": "2020-05-01T12:00:00.000Z"},
        {"$date": 1588334400000},
        {"$date": {"$numberLong": "1588334400000"}},
    ],
)
def test_each_form_means_the_same_moment(value: object) -> None:
    assert moment(value) == NOON


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "yesterday",
        True,
        [],
        {},
        {"$date": {}},
        float("nan"),
        1e300,
        10**400,
        {"$date": 10**400},
        {"$date": {"$numberLong": "9" * 5_000}},
        {"$date": {"$numberLong": "--5"}},
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_what_is_no_time_is_refused(value: object) -> None:
    with pytest.raises(UnreadableRow, match="its time"):
        moment(value)
