"""Why a text has its score: what each word adds to the logit, from the same arrays as the score."""

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
from models.features.vectoriser import (
    CHARACTER_LENGTHS,
    Features,
    feature_keys,
    features_of_keys,
)
from models.serving.calibration import slopes
from models.serving.word_attribution import occurrence_values, occurrences, spread_over_letters

_Unattributed = dict[str, Floats]  # name to log-odds, (attributes,)

INTERCEPT = "intercept"
NO_WORDS = "no words"  # an empty text has one n-gram: the two spaces around it


class Span(NamedTuple):  # made by the hundred for each text: twice as fast as a dataclass
    """A part of the text, and what it adds to the logit.

    Attributes:
        start: Where it begins in the text, in characters.
        end: The place after its last character: the part is `text[start:end]`.
        contribution: Log-odds.
    """

    start: int
    end: int
    contribution: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """The logit of one attribute in parts, which sum to it.

    Attributes:
        logit: Calibrated: the score is 1 / (1 + exp(-logit)).
        spans: What words add, in the order of the text, without overlap.
        unattributed: What belongs to no word, by name.
    """

    logit: float
    spans: tuple[Span, ...]
    unattributed: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The attribution of each attribute's score of one text."""

    attributions: Mapping[str, Attribution]


@dataclass(frozen=True)
class LinearScorer:
    """The arrays of a model: raw scores are `weights` times `factors` plus `bias`.

    A logit is the raw score times its slope, `lower` below 0 and `upper` above, plus `offsets`.

    Attributes:
        attributes: The names of the attributes.
        weights: From -127 to 127, shape (columns, attributes); a feature whose column is beyond
            them has the one modulo their number.
        factors: Shape (attributes,).
        bias: Shape (attributes,).
        lower: Shape (attributes,).
        upper: Shape (attributes,).
        offsets: Shape (attributes,).
        lengths: Of the character n-grams that the model knows.
    """

    attributes: tuple[str, ...]
    weights: NDArray[np.int8]
    factors: Floats
    bias: Floats
    lower: Floats
    upper: Floats
    offsets: Floats
    lengths: range = CHARACTER_LENGTHS

    def weights_of(self, columns: UInts) -> Floats:
        """Return the weights of features, shape (features, attributes)."""
        weights: Floats = self.weights.take(columns, axis=0, mode="wrap") * self.factors
        return weights


def explain(text: str, scorer: LinearScorer) -> Explanation:
    """Attribute the scores of a text to its words.

    Args:
        text: As it was scored.
        scorer: The model's arrays.

    Returns:
        For each attribute spans whose sum with `unattributed` is the scored logit.
    """
    traced = normalise_traced(text)
    points = code_points([traced.text])
    places = occurrences(points, scorer.lengths)
    surface = _surface_columns(text, traced.text)
    features = features_of_keys(np.concatenate((places.columns, surface)), 1)
    rest: _Unattributed = {INTERCEPT: scorer.bias} | dict(_surface(surface, features, scorer))
    weights = scorer.weights_of(places.columns)
    amounts = occurrence_values(places.columns, features)[:, None] * weights
    if not traced.text:
        rest[NO_WORDS] = amounts.sum(axis=0)
    words = _words(traced, points, spread_over_letters(points, places, amounts))
    return Explanation(dict(_calibrated(words, rest, scorer)))


def _surface_columns(text: str, plain: str) -> UInts:
    buckets = np.array(shape_buckets(cut(text), plain), np.uint32)
    return feature_keys("surface", np.zeros_like(buckets), buckets)


def _surface(
    columns: UInts, features: Features, scorer: LinearScorer
) -> Iterator[tuple[str, Floats]]:
    values = occurrence_values(columns, features)[:, None]
    yield from zip(INDICATORS, values * scorer.weights_of(columns), strict=True)


@dataclass(frozen=True)
class _Words:
    """Where each word is in the original, and what its letters sum to (words, attributes)."""

    starts: list[int]
    ends: list[int]
    sums: Floats

    def spans(self, attribute: int) -> tuple[Span, ...]:
        sums = self.sums[:, attribute].tolist()
        return tuple(map(Span._make, zip(self.starts, self.ends, sums, strict=True)))


def _words(traced: Traced, points: CodePoints, letters: Floats) -> _Words:
    """Words that share characters of the original, as those of one ligature, are one."""
    begins, ends = word_runs(points)
    if not len(begins):
        return _Words([], [], np.zeros((0, letters.shape[1])))
    # Code point i + 1 is character i, since a space is before the text.
    starts = np.minimum.reduceat(np.array(traced.begins), begins - 1)
    borders = np.column_stack((begins, ends)).ravel() - 1
    stops = np.maximum.reduceat(np.array([*traced.ends, 0]), borders)[::2]
    furthest = np.maximum.accumulate(stops)
    firsts = np.flatnonzero(starts >= np.append(0, furthest[:-1]))
    return _Words(
        starts[firsts].tolist(),
        np.maximum.reduceat(stops, firsts).tolist(),
        np.add.reduceat(np.add.reduceat(letters, begins, axis=0), firsts, axis=0),
    )


def _calibrated(
    words: _Words, rest: _Unattributed, scorer: LinearScorer
) -> Iterator[tuple[str, Attribution]]:
    """Each part times the slope of the calibration, so that the parts sum to the logit."""
    raw = words.sums.sum(axis=0) + sum(rest.values())
    slope = slopes(raw, scorer.lower, scorer.upper)
    scaled = replace(words, sums=words.sums * slope)
    parts = {name: part * slope for name, part in rest.items()}
    parts[INTERCEPT] = parts[INTERCEPT] + scorer.offsets
    logits = raw * slope + scorer.offsets
    for k, name in enumerate(scorer.attributes):
        unattributed = {part: float(amounts[k]) for part, amounts in parts.items()}
        yield name, Attribution(float(logits[k]), scaled.spans(k), unattributed)
