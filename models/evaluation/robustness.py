"""Figures of the finished classifier beyond plain comments: disguises, and sentences naming groups.

The sentences here are others than those of the training.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from models.datasets.obfuscation import FAMILIES, HELD_OUT_FAMILIES, obfuscate
from models.features.array_types import Floats
from models.serving.classifier import Classifier

NAMES = (
    *("gay", "lesbian", "bisexual", "transgender", "queer", "straight", "black", "white", "Asian"),
    *("Mexican", "Chinese", "Arab", "American", "Jewish", "Muslim", "Christian", "Hindu", "old"),
    *("young", "deaf", "blind", "disabled", "female", "male", "feminist"),
)
PLAIN = (
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
class Names:
    """What plain sentences with names of groups score."""

    spread: float  # between the names with the highest and the lowest mean score
    plain_flagged: float  # share of the sentences at or above the flag threshold
    mean_by_name: dict[str, float]
    flagged_by_name: dict[str, float]


@dataclass(frozen=True)
class Robustness(Names):
    """And the ROC AUC of toxicity by family of disguise."""

    clean: float
    disguised: dict[str, float]
    held_out_families: tuple[str, ...]


def names(classifier: Classifier) -> Names:
    flag = classifier.thresholds["toxicity"].flag or 1.0
    scores = np.array(
        [toxicity(classifier, [sentence.format(name) for sentence in PLAIN]) for name in NAMES]
    )
    means, flagged = scores.mean(axis=1), scores >= flag
    return Names(
        spread=round(float(means.max() - means.min()), 4),
        plain_flagged=round(float(np.mean(flagged)), 4),
        mean_by_name=dict(zip(NAMES, means.round(4).tolist(), strict=True)),
        flagged_by_name=dict(zip(NAMES, flagged.mean(axis=1).round(4).tolist(), strict=True)),
    )


def robustness(classifier: Classifier, texts: Sequence[str], labels: Floats) -> Robustness:
    return Robustness(
        **vars(names(classifier)),
        clean=_roc_auc(classifier, texts, labels),
        disguised={
            family: _roc_auc(
                classifier, [obfuscate(text, family, seed=7) for text in texts], labels
            )
            for family in FAMILIES
        },
        held_out_families=tuple(HELD_OUT_FAMILIES),
    )


def toxicity(classifier: Classifier, texts: Sequence[str]) -> Floats:
    return np.array([score["toxicity"] for score in classifier.score(texts)])


def _roc_auc(classifier: Classifier, texts: Sequence[str], labels: Floats) -> float:
    return round(float(roc_auc_score(labels, toxicity(classifier, texts))), 4)
