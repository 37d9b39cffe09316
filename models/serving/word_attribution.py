"""Where each feature of one text occurs, and its weights spread over the letters it is made of."""

from dataclasses import dataclass

import numpy as np

from models.features.array_types import Floats, Ints, UInts
from models.features.code_points import (
    CodePoints,
    Places,
    has_no_space_inside,
    spaces_before,
    word_runs,
)
from models.features.fuzzy_words import fuzzy_forms
from models.features.ngram_hashing import character_ngrams, word_ngrams
from models.features.vectoriser import CHARACTER_LENGTHS, Features, feature_keys


@dataclass(frozen=True)
class Occurrences:
    """Every n-gram and form of a word, with its place among the code points.

    Attributes:
        columns: Its feature, shape (occurrences,).
        begins: Where it begins, shape (occurrences,).
        ends: The place after its last code point, shape (occurrences,).
        letters: Its length without spaces, shape (occurrences,).
    """

    columns: UInts
    begins: Places
    ends: Places
    letters: Ints


def occurrences(points: CodePoints, lengths: range = CHARACTER_LENGTHS) -> Occurrences:
    """Find the features of one text, in the columns that `featurise` gives them.

    Args:
        points: The code points of the normalised text.
        lengths: Of the character n-grams.

    Returns:
        All occurrences but those of surface features, which have no place.
    """
    begins, ends = word_runs(points)
    columns = [feature_keys("words", *ngrams) for ngrams in word_ngrams(points)]
    places = [(begins, ends), (begins[:-1], ends[1:])]
    spaces = spaces_before(points)
    columns.append(feature_keys("characters", *character_ngrams(points, lengths)))
    for n in lengths:
        start = np.flatnonzero(has_no_space_inside(spaces, n))
        places.append((start, start + n))
    forms = fuzzy_forms(points)
    columns.append(feature_keys("fuzzy words", forms.owners, forms.hashes))
    places.append((forms.begins, forms.ends))
    starts, stops = (np.concatenate(parts) for parts in zip(*places, strict=True))
    letters = stops - starts - (spaces[stops] - spaces[starts])
    return Occurrences(np.concatenate(columns), starts, stops, letters)


def occurrence_values(columns: UInts, features: Features) -> Floats:
    """Divide the value of each feature among its occurrences.

    Args:
        columns: The feature of each occurrence, shape (occurrences,).
        features: Of one text, with all of these columns.

    Returns:
        Shape (occurrences,).
    """
    rows = np.searchsorted(features.columns, columns.astype(np.int32))
    shares = features.values / np.bincount(rows, minlength=len(features.columns)).clip(1)
    return np.asarray(shares[rows])


def spread_over_letters(points: CodePoints, places: Occurrences, amounts: Floats) -> Floats:
    """Divide the amount of each occurrence evenly among its letters.

    Args:
        points: The code points of the text.
        places: Where the occurrences are.
        amounts: Log-odds, shape (occurrences, attributes).

    Returns:
        Log-odds of each code point, 0 for spaces, shape (code points, attributes).
    """
    size = len(points.codes) + 1
    per_letter = amounts / places.letters.clip(1)[:, None]
    steps = _scatter(places.begins, per_letter, size) - _scatter(places.ends, per_letter, size)
    return np.asarray(np.cumsum(steps, axis=0)[:-1] * (points.codes != ord(" "))[:, None])


def _scatter(places: Places, rows: Floats, size: int) -> Floats:
    """(size, columns of `rows`): the sum of the rows of each place."""
    width = rows.shape[1]
    cells = (places[:, None] * width + np.arange(width)).ravel()
    sums = np.asarray(np.bincount(cells, rows.ravel(), size * width), dtype=np.float64)
    return sums.reshape(size, width)
