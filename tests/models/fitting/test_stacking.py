import numpy as np
import pytest

from models.fitting.linear_svm import Linear
from models.fitting.stacking import BORROWERS, borrow

ROWS, ATTRIBUTES = 400, 7


@pytest.fixture(scope="module")
def scored() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Noisy scores of seven attributes that all follow the first one's labels."""
    chance = np.random.default_rng(1)
    labels = np.repeat((chance.random(ROWS) < 0.3).astype(float)[:, None], ATTRIBUTES, axis=1)
    raw = labels + chance.normal(size=(ROWS, ATTRIBUTES))
    return raw, labels, np.arange(ROWS) % 4


def test_toxicity_and_spam_keep_their_own_scores(
    scored: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    raw = scored[0]

    mixed = borrow(*scored)

    kept = [number for number in range(ATTRIBUTES) if number not in BORROWERS]
    assert np.array_equal(mixed.raw[:, kept], raw[:, kept])


def test_a_borrower_orders_rows_better_than_alone(
    scored: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    raw, labels, _ = scored

    mixed = borrow(*scored)

    alone, borrowed = (np.corrcoef(each[:, 4], labels[:, 4])[0, 1] for each in (raw, mixed.raw))
    assert borrowed > alone


def test_a_mixture_of_models_scores_as_the_mixture_of_scores(
    scored: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    matrix = np.random.default_rng(2).normal(size=(5, 3))
    models = [Linear(np.arange(3.0) * number, number) for number in range(ATTRIBUTES)]
    raw = np.column_stack([model.raw(matrix) for model in models])

    mixture = borrow(*scored).mixtures[4]

    assert mixture.of(models).raw(matrix) == pytest.approx(mixture.raw(raw))
