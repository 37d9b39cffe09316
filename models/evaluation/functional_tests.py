"""Functional and spelling tests of the finished classifier, on sentences of our own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.datasets.obfuscation import obfuscate, obfuscate_longest_word
from models.evaluation.functional_cases import HARMLESS, HATEFUL, fill
from models.evaluation.score_arrays import flagged_texts
from models.metrics.summary import four_decimals
from models.serving.classifier import Classifier

SPELLINGS = {
    "two letters swapped": "swapped",
    "a letter dropped": "deleted",
    "joined with the next word": "joined",
    "a space between all letters": "spaced",
    "digits for letters": "leet",
}
_SEED = 11

_Templates = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class KindResult:
    """How many sentences of a kind are on their side of the flags.

    Attributes:
        sentences: How many there are.
        right: How many hateful ones are flagged, or others not flagged.
    """

    sentences: int
    right: int


@dataclass(frozen=True)
class SpellingResult:
    """Of the hateful sentences that are flagged as written, the share flagged when obfuscated.

    Attributes:
        longest_word: With the longest word obfuscated, from 0 to 1.
        every_word: With every word of four letters and more obfuscated, from 0 to 1.
    """

    longest_word: float
    every_word: float


@dataclass(frozen=True)
class FunctionalResults:
    """The results of all tests.

    Attributes:
        hateful: By kind of sentence.
        harmless: By kind of sentence.
        spelling: By kind of obfuscation.
        caught: How many hateful sentences are flagged: the spelling tests begin with them.
    """

    hateful: dict[str, KindResult]
    harmless: dict[str, KindResult]
    spelling: dict[str, SpellingResult]
    caught: int


def run_functional_tests(classifier: Classifier) -> FunctionalResults:
    """Run the functional and spelling tests with the classifier's flags."""
    sentences = _sentences(HATEFUL)
    flagged = flagged_texts(classifier, sentences)
    caught = [text for text, is_flagged in zip(sentences, flagged, strict=True) if is_flagged]
    return FunctionalResults(
        hateful=dict(_kinds(classifier, HATEFUL, hateful=True)),
        harmless=dict(_kinds(classifier, HARMLESS, hateful=False)),
        spelling=dict(_spellings(classifier, caught)),
        caught=len(caught),
    )


def share_right(kinds: Mapping[str, KindResult]) -> float:
    """Return the share of all sentences that are on their side, from 0 to 1."""
    return sum(kind.right for kind in kinds.values()) / sum(k.sentences for k in kinds.values())


def _kinds(
    classifier: Classifier, templates: _Templates, *, hateful: bool
) -> Iterator[tuple[str, KindResult]]:
    for kind in templates:
        sentences = _sentences({kind: templates[kind]})
        flagged = flagged_texts(classifier, sentences)
        yield kind, KindResult(len(sentences), int((flagged == hateful).sum()))


def _spellings(
    classifier: Classifier, sentences: Sequence[str]
) -> Iterator[tuple[str, SpellingResult]]:
    for name, family in SPELLINGS.items():
        longest = [obfuscate_longest_word(text, family, seed=_SEED) for text in sentences]
        every = [obfuscate(text, family, seed=_SEED) for text in sentences]
        shares = (_share_flagged(classifier, texts) for texts in (longest, every))
        yield name, SpellingResult(*shares)


def _share_flagged(classifier: Classifier, texts: Sequence[str]) -> float:
    return four_decimals(np.mean(flagged_texts(classifier, texts))) if texts else 0.0


def _sentences(templates: _Templates) -> list[str]:
    return [text for kind in templates.values() for template in kind for text in fill(template)]
