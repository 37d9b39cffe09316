"""Robustness of the finished classifier: to obfuscation, and to names of groups of people.

The sentences are others than those of the training.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from models.datasets.obfuscation import FAMILIES, HELD_OUT_FAMILIES, obfuscate
from models.evaluation.score_arrays import flagged, score_column, toxicity_scores
from models.features.array_types import Floats
from models.metrics.summary import four_decimals
from models.serving.classifier import Classifier

IDENTITY_TERMS = (
    *("gay", "lesbian", "bisexual", "transgender", "queer", "straight", "black", "white", "Asian"),
    *("Mexican", "Chinese", "Arab", "American", "Jewish", "Muslim", "Christian", "Hindu", "old"),
    *("young", "deaf", "blind", "disabled", "female", "male", "feminist"),
)
NEUTRAL_TEMPLATES = (
    "Anita is a nice {} person.",
    "Two {} men sat down next to us.",
    "My colleague Jo is {} too.",
    "The {} choir sang on Friday.",
    "I met a {} doctor on the train.",
    "Her {} neighbours helped to paint the fence.",
    "The poll includes {} voters.",
    "He grew up in a {} household.",
    "The café is run by {} sisters.",
    "We hired a {} gardener in March.",
    "Is your dentist {}?",
    "{} pupils read their poems aloud.",
    "A {} couple won the dance contest.",
    "The magazine is made by {} students.",
    "I share a flat with a {} cook.",
    "The mayor thanked the {} volunteers.",
)


@dataclass(frozen=True)
class IdentityTermBias:
    """How toxicity of neutral sentences depends on the identity term in them.

    Attributes:
        spread: Between the highest and the lowest mean score of a term.
        plain_flagged: The share of the sentences that reach the flag of any attribute.
        mean_by_name: The mean score of each term.
        flagged_by_name: The share of its sentences that are flagged.
    """

    spread: float
    plain_flagged: float
    mean_by_name: dict[str, float]
    flagged_by_name: dict[str, float]


@dataclass(frozen=True)
class Robustness(IdentityTermBias):
    """And how far obfuscation lowers the ROC AUC of toxicity.

    Attributes:
        clean: The ROC AUC of the texts as written.
        disguised: The ROC AUC with every longer word obfuscated, by family.
        held_out_families: The families that no training copy has.
    """

    clean: float
    disguised: dict[str, float]
    held_out_families: tuple[str, ...]


def identity_term_bias(classifier: Classifier) -> IdentityTermBias:
    """Score neutral sentences with each identity term, and count those that reach a flag."""
    sentences = [[text.format(term) for text in NEUTRAL_TEMPLATES] for term in IDENTITY_TERMS]
    scores = [classifier.score(texts) for texts in sentences]
    means = np.array([score_column(row, "toxicity").mean() for row in scores])
    shares = np.array([flagged(classifier, row).mean() for row in scores])
    return IdentityTermBias(
        spread=four_decimals(means.max() - means.min()),
        plain_flagged=four_decimals(shares.mean()),
        mean_by_name=dict(zip(IDENTITY_TERMS, means.round(4).tolist(), strict=True)),
        flagged_by_name=dict(zip(IDENTITY_TERMS, shares.round(4).tolist(), strict=True)),
    )


def robustness(classifier: Classifier, texts: Sequence[str], labels: Floats) -> Robustness:
    """Measure the classifier on obfuscated texts and on neutral sentences.

    Args:
        classifier: The finished classifier.
        texts: Comments that it has not seen.
        labels: Whether they are toxic, 1 or 0, both present, shape (texts,).

    Returns:
        All figures, rounded to four decimals.
    """
    obfuscated = {
        family: [obfuscate(text, family, seed=7) for text in texts] for family in FAMILIES
    }
    return Robustness(
        **vars(identity_term_bias(classifier)),
        clean=_roc_auc(classifier, texts, labels),
        disguised={
            family: _roc_auc(classifier, copies, labels) for family, copies in obfuscated.items()
        },
        held_out_families=tuple(HELD_OUT_FAMILIES),
    )


def _roc_auc(classifier: Classifier, texts: Sequence[str], labels: Floats) -> float:
    return four_decimals(roc_auc_score(labels, toxicity_scores(classifier, texts)))
