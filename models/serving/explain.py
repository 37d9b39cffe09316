"""Why a text has its score: what each of its words adds to the logit, in the score's own arrays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.features.array_types import Floats, UInts
from models.features.code_points import CodePoints, code_points, word_runs
from models.features.normalise import cut
from models.features.normalise_offsets import Traced, normalise_traced
from models.features.surface_features import INDICATORS, shape_buckets
from models.features.vectoriser import Features, feature_keys, features_of_keys
from models.serving.attribution import by_letter, occurrences, shares_of
from models.serving.calibration import slopes

Elsewhere = dict[str, Floats]

INTERCEPT = "intercept"
NO_WORDS = "no words"  # an empty text has one n-gram: the space on either side of nothing


class Span(NamedTuple):  # made by the hundred for each text: twice as fast as a dataclass
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
    """A model's raw scores are `weights` (columns, attributes) times `factors`, plus `bias`.

    A logit is the raw score times its slope, `lower` below 0 and `upper` above, plus `offsets`.
    """

    attributes: tuple[str, ...]
    weights: NDArray[np.int8]
    factors: Floats
    bias: Floats
    lower: Floats
    upper: Floats
    offsets: Floats


def explain(text: str, model: LogOdds) -> Explanation:
    """Spans of the text for each attribute; their sum with `elsewhere` is the scored logit."""
    traced = normalise_traced(text)
    codes = code_points([traced.text])
    found = occurrences(codes)
    shape = _shape_columns(text, traced.text)
    features = features_of_keys(np.concatenate((found.columns, shape)), 1)
    elsewhere: Elsewhere = {INTERCEPT: model.bias} | dict(_shape(shape, features, model))
    weights = model.weights.take(found.columns, axis=0) * model.factors
    added = shares_of(found.columns, features)[:, None] * weights
    if not traced.text:
        elsewhere[NO_WORDS] = added.sum(axis=0)
    words = _words(traced, codes, by_letter(codes, found, added))
    raw = words.sums.sum(axis=0) + sum(elsewhere.values())
    slope = slopes(raw, model.lower, model.upper)
    words = replace(words, sums=words.sums * slope)
    elsewhere = {name: part * slope for name, part in elsewhere.items()}
    elsewhere[INTERCEPT] = elsewhere[INTERCEPT] + model.offsets
    whole = raw * slope + model.offsets
    return Explanation(
        {
            name: Reasons(float(whole[k]), words.spans(k), _of(elsewhere, k))
            for k, name in enumerate(model.attributes)
        }
    )


def _shape_columns(text: str, plain: str) -> UInts:
    buckets = np.array(shape_buckets(cut(text), plain), np.uint32)
    return feature_keys("surface", np.zeros_like(buckets), buckets)


def _shape(columns: UInts, features: Features, model: LogOdds) -> Iterator[tuple[str, Floats]]:
    values = shares_of(columns, features)[:, None]
    yield from zip(INDICATORS, values * model.weights[columns] * model.factors, strict=True)


@dataclass(frozen=True)
class _Words:
    """Where each word is in the original, and what its letters sum to (words, attributes)."""

    starts: list[int]
    ends: list[int]
    sums: Floats

    def spans(self, attribute: int) -> tuple[Span, ...]:
        added = self.sums[:, attribute].tolist()
        return tuple(map(Span._make, zip(self.starts, self.ends, added, strict=True)))


def _words(traced: Traced, codes: CodePoints, letters: Floats) -> _Words:
    """Words that share characters of the original, as those of one ligature, are one."""
    begins, ends = word_runs(codes)
    if not len(begins):
        return _Words([], [], np.zeros((0, letters.shape[1])))
    # Code point i + 1 is character i, since a space is before the text.
    starts = np.minimum.reduceat(np.array(traced.begins), begins - 1)
    borders = np.column_stack((begins, ends)).ravel() - 1
    stops = np.maximum.reduceat(np.array([*traced.ends, 0]), borders)[::2]
    reached = np.maximum.accumulate(stops)
    firsts = np.flatnonzero(starts >= np.append(0, reached[:-1]))
    return _Words(
        starts[firsts].tolist(),
        np.maximum.reduceat(stops, firsts).tolist(),
        np.add.reduceat(np.add.reduceat(letters, begins, axis=0), firsts, axis=0),
    )


def _of(elsewhere: Elsewhere, attribute: int) -> dict[str, float]:
    return {name: float(added[attribute]) for name, added in elsewhere.items()}
