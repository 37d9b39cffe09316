"""Why a text has its score: what each of its words adds to the logit, in the score's own arrays."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.features import CHARACTER_LENGTHS, FIRST_COLUMN, Features, featurise, placed
from models.hashing import (
    Codes,
    UInts,
    character_ngrams,
    code_points,
    has_no_space_inside,
    spaces_before,
    word_ngrams,
    word_runs,
)
from models.offsets import Traced, normalise_traced
from models.shape import BUCKETS, INDICATORS

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Elsewhere = dict[str, Floats]

INTERCEPT = "intercept"
NO_WORDS = "no words"  # an empty text has one n-gram: the space on either side of nothing


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the text, `text[start:end]`, and what it adds to the logit."""

    start: int
    end: int
    contribution: float


@dataclass(frozen=True, slots=True)
class Reasons:
    """A logit in parts: the sum of the spans and of what belongs to none, by name.

    The score is 1 / (1 + exp(-logit)): the calibration is in every part.
    """

    logit: float
    spans: tuple[Span, ...]  # in the order of the text, apart from one another
    elsewhere: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons for each attribute's score of one text."""

    reasons: Mapping[str, Reasons]


@dataclass(frozen=True)
class LogOdds:
    """A model's logits as one sum: `weights` (columns, attributes) times `factors`, plus `bias`."""

    attributes: tuple[str, ...]
    weights: NDArray[np.int8]
    factors: Floats
    bias: Floats


def explain(text: str, model: LogOdds) -> Explanation:
    """Spans of the text for each attribute; their sum with `elsewhere` is the scored logit."""
    traced = normalise_traced(text)
    codes = code_points([traced.text])
    features = featurise([text])
    letters, nowhere = _by_letter(codes, _Shares(features, model))
    elsewhere = {INTERCEPT: model.bias, **_shape(features, model)}
    if nowhere.any():
        elsewhere[NO_WORDS] = nowhere
    borders, sums = _by_word(traced, codes, letters)
    whole = sums.sum(axis=0) + sum(elsewhere.values())
    return Explanation(
        {
            name: Reasons(float(whole[k]), _spans(borders, sums[:, k]), _of(elsewhere, k))
            for k, name in enumerate(model.attributes)
        }
    )


class _Shares:
    """What each occurrence of a feature adds: its feature's value over its occurrences."""

    def __init__(self, features: Features, model: LogOdds) -> None:
        self._features = features
        self._model = model

    def of(self, columns: UInts) -> Floats:
        """(occurrences, attributes)"""
        rows = np.searchsorted(self._features.columns, columns.astype(np.int32))
        counts = np.bincount(rows, minlength=len(self._features.columns))
        values = self._features.values[rows] / counts[rows]
        return values[:, None] * (self._model.weights.take(columns, axis=0) * self._model.factors)


def _by_letter(codes: Codes, shares: _Shares) -> tuple[Floats, Floats]:
    """(code points, attributes): each occurrence spread over its letters; and what has none."""
    occurrences = list(_occurrences(codes))
    added = shares.of(np.concatenate([columns for columns, _, _ in occurrences]))
    spaces = spaces_before(codes)
    steps = np.zeros((len(codes.codes) + 1, added.shape[1]))
    nowhere = np.zeros(added.shape[1])
    first = 0
    for columns, begins, ends in occurrences:
        each = added[first : (first := first + len(columns))]
        letters = ends - begins - (spaces[ends] - spaces[begins])
        nowhere = nowhere + each[letters == 0].sum(axis=0)
        spread = each / np.maximum(letters, 1)[:, None]
        steps[begins] += spread  # no two occurrences of one length begin or end together
        steps[ends] -= spread
    return np.cumsum(steps[:-1], axis=0) * (codes.codes != ord(" "))[:, None], nowhere


def _occurrences(codes: Codes) -> Iterator[tuple[UInts, Places, Places]]:
    """Columns of n-grams of one kind and length, and where they begin and end."""
    begins, ends = word_runs(codes)
    kinds = ((begins, ends), (begins[:-1], ends[1:]))
    for (owners, hashes), (starts, stops) in zip(word_ngrams(codes), kinds, strict=True):
        yield placed("plain words", owners, hashes), starts, stops
    spaces = spaces_before(codes)
    found = character_ngrams(codes, CHARACTER_LENGTHS)
    for n, (owners, hashes) in zip(CHARACTER_LENGTHS, found, strict=True):
        places = np.flatnonzero(has_no_space_inside(spaces, n))
        yield placed("plain characters", owners, hashes), places, places + n


def _shape(features: Features, model: LogOdds) -> Elsewhere:
    first = FIRST_COLUMN["shape"]
    rows = np.flatnonzero(features.columns >= first)
    columns = features.columns[rows]
    added = features.values[rows, None] * (model.weights[columns] * model.factors)
    return dict(zip((INDICATORS[(c - first) // BUCKETS] for c in columns), added, strict=True))


def _by_word(traced: Traced, codes: Codes, letters: Floats) -> tuple[list[tuple[int, int]], Floats]:
    """Where each word is in the original, and the sum of its letters (words, attributes)."""
    begins, ends = word_runs(codes)
    if not len(begins):
        return [], np.zeros((0, letters.shape[1]))
    spans = [  # code point i + 1 is character i: a space is before the text
        (min(traced.begins[begin - 1 : end - 1]), max(traced.ends[begin - 1 : end - 1]))
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)
    ]
    sums = np.add.reduceat(letters, begins, axis=0)
    firsts = _apart(spans)
    borders = [
        (spans[first][0], max(end for _, end in spans[first:following]))
        for first, following in zip(firsts, [*firsts[1:], len(spans)], strict=True)
    ]
    return borders, np.add.reduceat(sums, firsts, axis=0)


def _apart(spans: Sequence[tuple[int, int]]) -> list[int]:
    """The first of each group of words that share original characters, as those of one ligature."""
    firsts, reached = [], -1
    for number, (begin, end) in enumerate(spans):
        if begin >= reached:
            firsts.append(number)
        reached = max(reached, end)
    return firsts


def _spans(borders: Sequence[tuple[int, int]], added: Floats) -> tuple[Span, ...]:
    return tuple(
        Span(start, end, contribution)
        for (start, end), contribution in zip(borders, added.tolist(), strict=True)
    )


def _of(elsewhere: Elsewhere, attribute: int) -> dict[str, float]:
    return {name: float(added[attribute]) for name, added in elsewhere.items()}
