"""A model of one language: toxicity alone, in 2^16 columns.

Its columns are those of the English features modulo 2^16, so that the same code finds the features
and explains the score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.features.array_types import Floats
from models.features.vectoriser import featurise
from models.serving.artefact import Weights
from models.serving.calibration import Calibration, probabilities, slopes
from models.serving.explain import Explanation, LinearScorer, explain

COLUMN_BITS = 16
COLUMNS = 1 << COLUMN_BITS
TOXICITY = "toxicity"
_BATCH = 128


@dataclass(frozen=True)
class LanguageThresholds:
    """Scores of toxicity, from 0 to 1.

    Attributes:
        flag: From here a comment waits.
        likely: From here it is likely to be rejected; None where no score is precise enough.
    """

    flag: float
    likely: float | None


class LanguageClassifier:
    """A loaded model of one language.

    Attributes:
        version: Names the model beside the scores it gave.
        attributes: What it scores.
        thresholds: Where its comments wait.
    """

    version: str
    attributes: tuple[str, ...] = (TOXICITY,)
    thresholds: LanguageThresholds

    def __init__(self, entry: Mapping[str, Any], weights: Weights) -> None:
        """Take what was read and checked."""
        self.version = str(entry["version"])
        self.thresholds = LanguageThresholds(**entry["thresholds"])
        curve = Calibration(**entry["calibration"])
        first, last = entry["lengths"]
        self._scorer = LinearScorer(
            self.attributes,
            np.ascontiguousarray(weights.quantised.T),
            weights.scales.astype(np.float64),
            weights.intercepts.astype(np.float64),
            np.array([curve.slope]),
            np.array([curve.upper_slope]),
            np.array([curve.intercept]),
            range(first, last),
        )

    def score(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Score texts: for each the probability of toxicity, by the attribute's name."""
        return [
            {TOXICITY: score}
            for first in range(0, len(texts), _BATCH)
            for score in self._probabilities(texts[first : first + _BATCH]).tolist()
        ]

    def explain(self, text: str) -> Explanation:
        """Attribute the score of a text to its words, exactly as `score` computes it."""
        return explain(text, self._scorer)

    def _probabilities(self, texts: Sequence[str]) -> Floats:
        scorer = self._scorer
        features = featurise(texts, scorer.lengths)
        amounts = features.values * scorer.weights[features.columns % COLUMNS, 0].astype(np.float64)
        raw = np.add.reduceat(amounts, features.starts[:-1]) * scorer.factors + scorer.bias
        return probabilities(slopes(raw, scorer.lower, scorer.upper) * raw + scorer.offsets)
