import numpy as np
import pytest

from models.fitting.linear_svm import LinearModel
from models.fitting.stacking import STACKED, stack

ROWS, ATTRIBUTES = 400, 7
INSULT = 4


@pytest.fixture(scope="module")
def scored() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Noisy scores of seven attributes that all follow the first one's labels."""
    rng = np.random.default_rng(1)
    labels = np.repeat((rng.random(ROWS) < 0.3).astype(float)[:, None], ATTRIBUTES, axis=1)
    raw = labels + rng.normal(size=(ROWS, ATTRIBUTES))
    return raw, labels, np.arange(ROWS) % 4


def test_toxicity_threat_and_spam_keep_their_own_scores(
    scored: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    raw = scored[0]

    stacked = stack(*scored)

    kept = [number for number in range(ATTRIBUTES) if number not in STACKED]
    assert kept == [0, 3, 6]
    assert np.array_equal(stacked.raw[:, kept], raw[:, kept])


def test_a_stacked_attribute_orders_rows_better_than_alone(
    scored: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    raw, labels, _ = scored

    stacked = stack(*scored).raw

    before, after = (
        np.corrcoef(scores[:, INSULT], labels[:, INSULT])[0, 1] for scores in (raw, stacked)
    )
    assert after > before


def test_an_attribute_with_few_positives_stays_alone(
    scored: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    raw, labels, folds = scored
    few = labels.copy()
    few[np.flatnonzero(few[:, INSULT])[9:], INSULT] = 0.0

    stacked = stack(raw, few, folds)

    assert np.array_equal(stacked.raw[:, INSULT], raw[:, INSULT])


def test_rows_that_have_no_scores_get_none(
    scored: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    raw, labels, folds = scored
    unscored = raw.copy()
    unscored[:3] = np.nan

    stacked = stack(unscored, labels, folds).raw

    assert np.isnan(stacked[:3]).all()
    assert not np.isnan(stacked[3:]).any()


def test_combined_models_score_as_the_combination_of_their_scores(
    scored: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    matrix = np.random.default_rng(2).normal(size=(5, 3))
    models = [LinearModel(np.arange(3.0) * number, number) for number in range(ATTRIBUTES)]
    raw = np.column_stack([model.raw(matrix) for model in models])

    weights = stack(*scored).weights[INSULT]

    assert weights.combine(models).raw(matrix) == pytest.approx(weights.raw(raw))
