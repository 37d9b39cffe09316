import os
import subprocess
import sys

import numpy as np
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from models.features.surface_features import BUCKETS, FIRST_OF_SWEARING
from models.features.vectoriser import FIRST_COLUMN, WIDTH
from models.fitting.linear_svm import (
    ABUSE,
    feature_matrix,
    fit,
    hyperparameters_for,
    idf,
    log_odds,
)
from tests.support.labelled_samples import ABUSIVE, CIVIL, varied

TEXTS = varied(ABUSIVE, 4) + varied(CIVIL, 4)
LABELS = np.repeat([1.0, 0.0], len(TEXTS) // 2)


def test_rows_of_several_batches_are_in_the_order_of_the_texts() -> None:
    matrix = feature_matrix([f"bridge {number}" for number in range(1_001)])

    last = feature_matrix(["bridge 1000"])
    assert matrix.shape == (1_001, WIDTH)
    assert (matrix[1_000] != last).nnz == 0


def test_idf_is_a_quarter_of_that_of_scikit_learn() -> None:
    matrix = sparse.csr_matrix(np.array([[1.0, 0, 1], [1, 0, 0], [1, 1, 0]]))

    expected = TfidfTransformer().fit(matrix).idf_

    assert 4 * idf(matrix) == pytest.approx(expected)


def test_log_odds_compare_the_shares_of_a_feature_in_both_kinds_of_rows() -> None:
    matrix = sparse.csr_matrix(np.array([[3.0, 0], [0, 1]]))

    ratios = log_odds(matrix, positive=np.array([1.0, 0]), negative=np.array([0, 1.0]))

    # Add-one smoothed: 4 and 1 of 5 among positives, 1 and 2 of 3 among negatives.
    assert ratios == pytest.approx(np.log([(4 / 5) / (1 / 3), (1 / 5) / (2 / 3)]))


def test_a_row_that_counts_nothing_changes_no_log_odds() -> None:
    matrix = sparse.csr_matrix(np.array([[3.0, 0], [0, 1]]))
    counts = {"positive": np.array([1.0, 0]), "negative": np.array([0, 1.0])}

    more = log_odds(
        sparse.vstack([matrix, matrix[:1]]),
        positive=np.append(counts["positive"], 0),
        negative=np.append(counts["negative"], 0),
    )

    assert more.tolist() == log_odds(matrix, **counts).tolist()


def test_a_model_scores_positives_above_negatives_and_the_same_each_time() -> None:
    matrix = feature_matrix(TEXTS)
    fits = [
        fit(
            matrix,
            LABELS,
            domain_columns=np.zeros((len(TEXTS), 1)),
            weights=np.ones(len(TEXTS)),
            seed=1,
        )
        for _ in range(2)
    ]

    raw = fits[0].raw(matrix)

    assert raw[LABELS == 1].min() > raw[LABELS == 0].max()
    assert np.array_equal(fits[0].weights, fits[1].weights)


def test_a_domain_of_one_kind_keeps_its_words_from_meaning_that_kind() -> None:
    texts = [*TEXTS, *(f"breaking news {number} from the city" for number in range(40))]
    labels, in_news = np.append(LABELS, np.ones(40)), np.append(np.zeros(len(TEXTS)), np.ones(40))
    matrix, weights = feature_matrix(texts), np.ones(len(texts))

    without, apart = (
        fit(matrix, labels, domain_columns=columns[:, None], weights=weights, seed=1)
        for columns in (np.zeros(len(texts)), 3.0 * in_news)
    )

    headline = feature_matrix(["breaking news 7 from the city"])
    assert apart.raw(headline)[0] < without.raw(headline)[0]


def test_an_attribute_without_hyperparameters_of_its_own_has_those_of_abuse() -> None:
    assert hyperparameters_for("insult") == ABUSE
    assert hyperparameters_for("spam").idf_power == 1


def test_friendly_swearing_is_left_to_stacking() -> None:
    things = ("hat", "bus", "key")
    texts = [*(f"damn, I lost my {it}" for it in things), *(f"you damn {it}" for it in things)]
    matrix, half = feature_matrix(texts), len(things)

    model = fit(
        matrix,
        np.repeat([0.0, 1.0], half),
        domain_columns=np.zeros((2 * half, 1)),
        weights=np.ones(2 * half),
        seed=1,
    )

    first = FIRST_COLUMN["surface"] + FIRST_OF_SWEARING
    assert (matrix[:, first : first + BUCKETS] > 0).nnz == 2 * half
    assert not model.weights[first : first + BUCKETS].any()


FIT_MANY_ROWS = """
import hashlib
import numpy as np
from scipy import sparse
from models.fitting.linear_svm import linear_machine

matrix = sparse.random(2_000, 50, density=0.2, random_state=1, format="csr")
labels = (matrix.sum(axis=1).A1 > 5).astype(float)
machine = linear_machine(1, tolerance=0.05, seed=1).fit(matrix, labels)
print(hashlib.sha256(machine.coef_.tobytes()).hexdigest())
"""


def test_another_processor_fits_the_same_weights_to_more_rows_than_columns() -> None:
    """The second has algebra as on a processor without wide registers."""
    weights = {
        subprocess.run(
            [sys.executable, "-c", FIT_MANY_ROWS],
            env={**os.environ, **processor},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for processor in ({}, {"OPENBLAS_CORETYPE": "Nehalem"})
    }

    assert len(weights) == 1
    assert weights.pop().strip()
