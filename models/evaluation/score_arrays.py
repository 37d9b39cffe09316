"""A classifier's scores as arrays."""

from collections.abc import Mapping, Sequence

import numpy as np

from models.features.array_types import Bools, Floats
from models.fitting.flag_thresholds import reaches_any
from models.serving.classifier import Classifier


def score_column(scores: Sequence[Mapping[str, float]], attribute: str) -> Floats:
    """Return the scores of one attribute, shape (texts,)."""
    return np.array([score[attribute] for score in scores])


def toxicity_scores(classifier: Classifier, texts: Sequence[str]) -> Floats:
    """Score the toxicity of texts, shape (texts,)."""
    return score_column(classifier.score(texts), "toxicity")


def flagged(classifier: Classifier, scores: Sequence[Mapping[str, float]]) -> Bools:
    """Tell which comments reach the flag of any attribute.

    Args:
        classifier: Whose thresholds count.
        scores: Its scores.

    Returns:
        Shape (comments,).
    """
    columns = [score_column(scores, name) for name in classifier.thresholds]
    flags = [limits.flag for limits in classifier.thresholds.values()]
    return reaches_any(np.column_stack(columns), flags)


def flagged_texts(classifier: Classifier, texts: Sequence[str]) -> Bools:
    """Tell which texts reach the flag of any attribute, shape (texts,)."""
    return flagged(classifier, classifier.score(texts))
