import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.metrics.curves import NEVER
from models.metrics.threshold_matches import Match, matches

UNKNOWN = np.nan
SCORES = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2])


def flags(numbers: list[int]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array(numbers, dtype=bool)


def by_name(rows: list[Match]) -> dict[str, float | None]:
    return {row.same: row.threshold for row in rows}


def test_without_labels_only_the_share_is_matched() -> None:
    rows = matches(flags([0, 1, 0, 1, 0, 1, 0, 0]), np.full(8, UNKNOWN), SCORES)

    assert by_name(rows) == {"share": 0.7}
    assert rows[0].holding is not None
    assert (rows[0].holding.held.count, rows[0].holding.precision) == (3, None)


def test_precision_and_recall_are_matched_on_what_has_a_label() -> None:
    # The old service held four, two of them rightly, and of the three positives it held two.
    held, labels = flags([1, 1, 0, 0, 1, 0, 1, 0]), np.array([1, 1, 0, 1, 0, 0, 0, UNKNOWN])

    assert by_name(matches(held, labels, SCORES)) == {
        "share": 0.6,
        "precision": 0.4,  # 3 of 6 is at least 2 of 4, and 3 of 7 is not
        "recall": 0.8,  # 2 of 3
    }


def test_where_no_threshold_is_as_precise_there_is_none() -> None:
    held, labels = flags([0, 0, 0, 0, 0, 0, 0, 1]), np.array([0, 1, 0, 0, 1, 0, 0, 1])

    rows = matches(held, labels, SCORES)

    assert (by_name(rows)["precision"], rows[1].holding) == (None, None)


def test_what_is_held_anyway_is_held_at_every_threshold() -> None:
    scores = np.array([NEVER, NEVER, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2])

    few = matches(flags([1, 0, 0, 0, 0, 0, 0, 0]), np.full(8, UNKNOWN), scores)
    more = matches(flags([1, 1, 1, 0, 0, 0, 0, 0]), np.full(8, UNKNOWN), scores)

    assert (few[0].threshold, more[0].threshold) == (NEVER, 0.7)
    assert few[0].holding is not None
    assert few[0].holding.held.count == 2


def test_equal_scores_stay_together_and_the_nearest_share_is_taken() -> None:
    scores = np.array([0.9, 0.5, 0.5, 0.5, 0.5, 0.1, 0.1, 0.1])

    assert by_name(matches(flags([1, 1, 0, 0, 0, 0, 0, 0]), np.full(8, UNKNOWN), scores)) == {
        "share": 0.9
    }


def test_many_comments_make_a_narrow_interval_around_the_threshold() -> None:
    rng = np.random.default_rng(5)
    few, many = (
        matches(rng.random(count) < 0.2, np.full(count, UNKNOWN), rng.random(count))[0].interval
        for count in (100, 5000)
    )

    assert few is not None
    assert many is not None
    assert few[1] - few[0] > 3 * (many[1] - many[0])
    assert many[0] < 0.8 < many[1]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 1000)), min_size=2, max_size=30))
def test_a_share_is_met_as_near_as_equal_scores_allow(rows: list[tuple[bool, int]]) -> None:
    held, scores = np.array([row[0] for row in rows]), np.array([row[1] / 1000 for row in rows])
    counts = [int((scores >= limit).sum()) for limit in {*scores.tolist(), NEVER}]

    match = matches(held, np.full(len(rows), UNKNOWN), scores)[0]

    assert match.threshold is not None
    nearest = min(abs(count - int(held.sum())) for count in counts)
    assert abs(int((scores >= match.threshold).sum()) - int(held.sum())) == nearest
