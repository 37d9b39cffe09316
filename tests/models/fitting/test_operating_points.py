import numpy as np
import pytest

from models.fitting.operating_points import OperatingPoints, fit_operating_points

ROWS = 2_000


@pytest.fixture(scope="module")
def points() -> OperatingPoints:
    """Toxicity, insults among the clearly toxic, spam apart; the first row has no score."""
    rng = np.random.default_rng(4)
    toxic, spam = (rng.random((2, ROWS)) < 0.3).astype(float)
    raw = 4 * np.column_stack([toxic, toxic, spam]) - 2 + rng.normal(size=(ROWS, 3))
    labels = np.column_stack([toxic, (raw[:, 0] > 1) * toxic, spam])
    raw[0] = np.nan
    return fitted(raw, toxic, labels)


def fitted(raw: np.ndarray, toxic: np.ndarray, labels: np.ndarray) -> OperatingPoints:
    columns = dict(zip(("toxicity", "insult", "spam"), raw.T, strict=True))
    return fit_operating_points(columns, toxic, labels)


def test_scores_are_probabilities_and_missing_where_there_is_no_raw_score(
    points: OperatingPoints,
) -> None:
    assert np.isnan(points.scores[0]).all()
    assert ((points.scores[1:] >= 0) & (points.scores[1:] <= 1)).all()
    assert np.isnan(points.scored_labels()[0]).all()
    assert points.by_attribute["toxicity"].figures.ece < 0.05


def test_toxicity_and_spam_have_a_flag_and_what_toxicity_flags_has_none(
    points: OperatingPoints,
) -> None:
    flags = {name: point.thresholds.flag for name, point in points.by_attribute.items()}

    assert flags["insult"] is None
    assert flags["toxicity"] is not None
    assert flags["spam"] is not None


def test_the_flags_miss_at_most_one_positive_in_twenty(points: OperatingPoints) -> None:
    missed = ~points.flagged()[:, None] & (points.scored_labels() == 1)

    assert (missed.sum(axis=0) <= 0.05 * (points.scored_labels() == 1).sum(axis=0)).all()


def test_what_is_rejected_is_nearly_all_positive(points: OperatingPoints) -> None:
    toxicity = points.by_attribute["toxicity"]
    rejected = points.scores[:, 0] >= (toxicity.thresholds.reject or 2.0)

    assert points.labels[rejected, 0].mean() >= 0.95
    assert toxicity.negatives_rejected < toxicity.negatives_flagged


def test_rows_that_others_flag_need_no_flag() -> None:
    rng = np.random.default_rng(5)
    labels = (rng.random(400) < 0.3).astype(float)
    raw = {"insult": 4 * labels - 2 + rng.normal(size=400)}

    points = fit_operating_points(raw, np.zeros(400), labels[:, None], labels == 1)

    assert points.by_attribute["insult"].thresholds.flag is None
    assert points.by_attribute["insult"].negatives_flagged == 0.0


@pytest.mark.parametrize("seed", range(5))
def test_the_last_digits_of_raw_scores_change_nothing_that_is_stored(seed: int) -> None:
    """They differ between processors, which add up in different orders."""
    rng = np.random.default_rng(seed)
    toxic = (rng.random(ROWS) < 0.3).astype(float)
    raw = 4 * np.column_stack([toxic, toxic, toxic]) - 2 + rng.normal(size=(ROWS, 3))
    labels = np.column_stack([toxic, toxic * (raw[:, 0] > 1), toxic])
    elsewhere = raw * (1 + rng.uniform(-1e-14, 1e-14, raw.shape))

    points, others = fitted(raw, toxic, labels), fitted(elsewhere, toxic, labels)

    assert (raw != elsewhere).any()
    assert others.by_attribute == points.by_attribute
