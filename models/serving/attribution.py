"""Where each feature of one text occurs, and its weights spread over the letters it is made of."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.features.array_types import Floats, UInts
from models.features.code_points import CodePoints, has_no_space_inside, spaces_before, word_runs
from models.features.fuzzy_words import fuzzy_forms
from models.features.ngram_hashing import character_ngrams, word_ngrams
from models.features.vectoriser import CHARACTER_LENGTHS, Features, feature_keys

Places = NDArray[np.intp]


@dataclass(frozen=True)
class Occurrences:
    """Every n-gram of words and characters: its column, and where it is among the code points."""

    columns: UInts
    begins: Places
    ends: Places
    letters: NDArray[np.int64]  # its length without spaces


def occurrences(codes: CodePoints) -> Occurrences:
    """Those of one text."""
    begins, ends = word_runs(codes)
    columns = [feature_keys("words", *found) for found in word_ngrams(codes)]
    places = [(begins, ends), (begins[:-1], ends[1:])]
    spaces = spaces_before(codes)
    columns.append(feature_keys("characters", *character_ngrams(codes, CHARACTER_LENGTHS)))
    for n in CHARACTER_LENGTHS:
        start = np.flatnonzero(has_no_space_inside(spaces, n))
        places.append((start, start + n))
    forms = fuzzy_forms(codes)
    columns.append(feature_keys("fuzzy words", forms.owners, forms.hashes))
    places.append((forms.begins, forms.ends))
    starts, stops = (np.concatenate(each) for each in zip(*places, strict=True))
    letters = stops - starts - (spaces[stops] - spaces[starts])
    return Occurrences(np.concatenate(columns), starts, stops, letters)


def shares_of(columns: UInts, features: Features) -> Floats:
    """What each occurrence counts: its feature's value over the feature's occurrences."""
    rows = np.searchsorted(features.columns, columns.astype(np.int32))
    each = features.values / np.bincount(rows, minlength=len(features.columns)).clip(1)
    return np.asarray(each[rows])


def by_letter(codes: CodePoints, found: Occurrences, amounts: Floats) -> Floats:
    """(code points, attributes): amounts of each occurrence, spread evenly over its letters."""
    size = len(codes.codes) + 1
    spread = amounts / found.letters.clip(1)[:, None]
    steps = _scattered(found.begins, spread, size) - _scattered(found.ends, spread, size)
    return np.asarray(np.cumsum(steps, axis=0)[:-1] * (codes.codes != ord(" "))[:, None])


def _scattered(places: Places, rows: Floats, size: int) -> Floats:
    """(size, columns of `rows`): the sum of the rows of each place."""
    width = rows.shape[1]
    cells = (places[:, None] * width + np.arange(width)).ravel()
    sums = np.asarray(np.bincount(cells, rows.ravel(), size * width), dtype=np.float64)
    return sums.reshape(size, width)
