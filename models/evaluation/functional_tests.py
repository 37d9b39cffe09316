"""Functional and spelling tests of the finished classifier, on sentences of our own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.datasets.obfuscation import obfuscate, obfuscate_longest_word
from models.evaluation.functional_cases import HARMLESS, HATEFUL, filled
from models.features.array_types import Floats
from models.serving.classifier import Classifier

SPELLINGS = {
    "two letters swapped": "swapped",
    "a letter dropped": "deleted",
    "joined with the next word": "joined",
    "a space between all letters": "spaced",
    "digits for letters": "leet",
}
_SEED = 11

Kinds = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Right:
    """How many sentences of a kind are on their side of the flag threshold."""

    sentences: int
    right: int


@dataclass(frozen=True)
class Caught:
    """Of the hateful sentences caught as they are, the share caught when disguised."""

    longest_word: float
    every_word: float


@dataclass(frozen=True)
class Functional:
    hateful: dict[str, Right]
    harmless: dict[str, Right]
    spelling: dict[str, Caught]
    caught: int  # the hateful sentences that the spelling tests begin with


def functional(classifier: Classifier) -> Functional:
    flag = classifier.thresholds["toxicity"].flag or 1.0
    texts = _sentences(HATEFUL)
    flagged = _toxicity(classifier, texts) >= flag
    caught = [text for text, is_flagged in zip(texts, flagged, strict=True) if is_flagged]
    return Functional(
        hateful=dict(_right(classifier, HATEFUL, flag, toxic=True)),
        harmless=dict(_right(classifier, HARMLESS, flag, toxic=False)),
        spelling=dict(_spelling(classifier, caught, flag)),
        caught=len(caught),
    )


def share_right(kinds: Mapping[str, Right]) -> float:
    return sum(kind.right for kind in kinds.values()) / sum(k.sentences for k in kinds.values())


def _right(
    classifier: Classifier, kinds: Kinds, flag: float, *, toxic: bool
) -> Iterator[tuple[str, Right]]:
    for kind, sentences in kinds.items():
        texts = _sentences({kind: sentences})
        flagged = _toxicity(classifier, texts) >= flag
        yield kind, Right(len(texts), int((flagged == toxic).sum()))


def _spelling(
    classifier: Classifier, texts: Sequence[str], flag: float
) -> Iterator[tuple[str, Caught]]:
    for name, family in SPELLINGS.items():
        yield (
            name,
            Caught(
                _share(
                    classifier, [obfuscate_longest_word(t, family, seed=_SEED) for t in texts], flag
                ),
                _share(classifier, [obfuscate(t, family, seed=_SEED) for t in texts], flag),
            ),
        )


def _share(classifier: Classifier, texts: Sequence[str], flag: float) -> float:
    return round(float(np.mean(_toxicity(classifier, texts) >= flag)), 4) if texts else 0.0


def _sentences(kinds: Kinds) -> list[str]:
    return [text for sentences in kinds.values() for each in sentences for text in filled(each)]


def _toxicity(classifier: Classifier, texts: Sequence[str]) -> Floats:
    return np.array([score["toxicity"] for score in classifier.score(texts)])
