"""A linear model for each language, over words and pieces of words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from models.features.array_types import Floats
from models.serving.artefact import Weights
from models.serving.languages.language_features import language_features

_BATCH = 4_096  # texts, most of them parts of one


@dataclass(frozen=True)
class LetterScores:
    """Above 0 a language claims a text.

    Attributes:
        codes: Of the languages, in the order of the columns of `quantised`.
        scripts: Of the languages.
        quantised: Times its language's scale each is a weight. Those of a feature are side by
            side, which is many times quicker to read; shape (features, languages).
        scales: Shape (languages,).
        intercepts: Shape (languages,).
    """

    codes: tuple[str, ...]
    scripts: tuple[str, ...]
    quantised: NDArray[np.int8]
    scales: NDArray[np.float32]
    intercepts: Floats

    @classmethod
    def of(cls, scripts: Mapping[str, str], weights: Weights) -> Self:
        """Build it from the languages' scripts by code, in the order of the weights' rows."""
        intercepts = weights.intercepts.astype(np.float64)
        by_feature = np.ascontiguousarray(weights.quantised.T)
        codes = tuple(scripts)
        return cls(codes, tuple(scripts.values()), by_feature, weights.scales, intercepts)

    def scores(self, words: Sequence[str]) -> Floats:
        """Score texts by every language.

        Args:
            words: From `words_alone`, none of them empty.

        Returns:
            Shape (texts, languages).
        """
        features = language_features(words)
        values = features.values.astype(np.float32)
        rows = pairwise(features.starts.tolist())
        raw = [
            values[start:end] @ (self.quantised.take(features.columns[start:end], 0) * self.scales)
            for start, end in rows
        ]
        return np.asarray(np.array(raw) + self.intercepts)

    def scores_of(self, code: str, words: Sequence[str]) -> Floats:
        """Score texts by one language, which is quick; at least one text. Shape (texts,)."""
        place = self.codes.index(code)
        rows = range(0, len(words), _BATCH)
        sums = [self._sums(place, words[first : first + _BATCH]) for first in rows]
        return np.asarray(np.concatenate(sums) + self.intercepts[place])

    def _sums(self, place: int, words: Sequence[str]) -> Floats:
        features = language_features(words)
        weights = self.quantised[features.columns, place] * self.scales[place]
        return np.asarray(np.add.reduceat(weights * features.values, features.starts[:-1]))

    def script_of(self, code: str) -> str | None:
        """Return the script of a language; None for one that has no model here."""
        return self.scripts[self.codes.index(code)] if code in self.codes else None
