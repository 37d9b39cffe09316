from dataclasses import replace

import numpy as np
import pytest

from models.features.vectoriser import WIDTH
from models.fitting.linear_svm import LinearModel, feature_matrix
from models.fitting.stacking import STACKED, SwearingRows, stack, swearing_of, with_swearing

ROWS, ATTRIBUTES = 400, 7
INSULT = 4
TEXTS = (
    "The bridge is open again.",
    "Holy shit, that is beautiful!",
    "Damn, those guys were great.",
    "Holy shit, the bus is late.",
)


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
    matrix = feature_matrix(TEXTS)
    columns = np.arange(WIDTH, dtype=np.float64) % 7.0
    models = [LinearModel(columns * number, number) for number in range(ATTRIBUTES)]
    raw = np.column_stack([model.raw(matrix) for model in models])
    insult = stack(*scored).weights[INSULT]
    weights = replace(insult, swearing=np.array([-0.5, -0.25, -1.0]))

    combined = weights.combine(models).raw(matrix)

    assert combined == pytest.approx(weights.raw(raw, swearing_of(matrix)), rel=1e-5)


def test_swearing_at_nobody_shows_in_three_ways() -> None:
    assert swearing_of(feature_matrix(TEXTS)).tolist() == [
        [0, 0, 0],
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
    ]


def test_swearing_that_labels_do_not_mind_lowers_toxicity_alone(
    scored: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    stacked, folds = stack(*scored), scored[2]
    swearing = np.zeros((ROWS, 3))
    swearing[:100, 2] = 1
    toxic = np.where(swearing[:, 2] == 1, 0.0, scored[1][:, 0])

    moved = with_swearing(stacked, SwearingRows(swearing, toxic, np.ones(ROWS)), folds)

    assert (moved.raw[:100, 0] < stacked.raw[:100, 0]).all()
    assert np.array_equal(moved.raw[100:], stacked.raw[100:])
    assert np.array_equal(moved.raw[:, 1:], stacked.raw[:, 1:])
    assert moved.weights[0].swearing[2] < 0
    assert moved.weights[0].swearing[:2].tolist() == [0, 0]


def test_few_toxic_rows_teach_nothing_of_swearing(
    scored: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    stacked = stack(*scored)
    toxic = np.where(np.arange(ROWS) < 9, 1.0, 0.0)

    moved = with_swearing(
        stacked, SwearingRows(np.ones((ROWS, 3)), toxic, np.ones(ROWS)), scored[2]
    )

    assert np.array_equal(moved.raw, stacked.raw)
