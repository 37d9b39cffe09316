"""A classifier's scores as arrays."""

from collections.abc import Mapping, Sequence

import numpy as np

from models.features.array_types import Floats
from models.serving.classifier import Classifier


def score_column(scores: Sequence[Mapping[str, float]], attribute: str) -> Floats:
    """Return the scores of one attribute, shape (texts,)."""
    return np.array([score[attribute] for score in scores])


def toxicity_scores(classifier: Classifier, texts: Sequence[str]) -> Floats:
    """Score the toxicity of texts, shape (texts,)."""
    return score_column(classifier.score(texts), "toxicity")
