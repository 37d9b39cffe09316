"""Texts in, calibrated probabilities out, with numpy alone."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from models.features.array_types import Floats
from models.features.normalise import NORMALISER_VERSION
from models.features.vectoriser import featurise
from models.serving import artefact as artefact_file
from models.serving.artefact import ArtefactRefused, Manifest
from models.serving.calibration import Calibration, probabilities, slopes
from models.serving.explain import Explanation, LinearScorer, explain
from models.serving.measured_on import measured_on
from models.serving.named_settings import BALANCED, Setting, Thresholds, settings_of

ARTEFACT = Path(__file__).parents[1] / "artefact"

# More texts at once are not faster, and need more memory.
_BATCH = 128


class Classifier:
    """A loaded model. `score` may be called from many threads.

    Attributes:
        version: The name of the artefact's version.
        attributes: What the model scores, in the order of its weights.
        settings: Thresholds and what they do, by the setting's name.
        thresholds: Those of the balanced setting, by attribute.
        measured_on: Sentences that say on which comments the thresholds were measured.
    """

    version: str
    attributes: tuple[str, ...]
    settings: Mapping[str, Setting]
    thresholds: Mapping[str, Thresholds]
    measured_on: str

    def __init__(self, manifest: Manifest, weights: artefact_file.Weights) -> None:
        """Take what `load` has read and checked."""
        self.version = manifest["model_version"]
        self.attributes = tuple(manifest["attributes"])
        self.settings = settings_of(manifest)
        self.thresholds = self.settings[BALANCED].thresholds
        self.measured_on = measured_on(manifest)
        curves = [Calibration(**manifest["calibration"][name]) for name in self.attributes]
        self._scorer = LinearScorer(
            self.attributes,
            np.ascontiguousarray(weights.quantised.T),
            weights.scales.astype(np.float64),
            weights.intercepts.astype(np.float64),
            np.array([curve.slope for curve in curves]),
            np.array([curve.upper_slope for curve in curves]),
            np.array([curve.intercept for curve in curves]),
        )

    def score(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Score texts.

        Args:
            texts: Any number of texts of any length; of a long one the head and the tail count.

        Returns:
            For each text the probability of each attribute, from 0 to 1.
        """
        return [
            dict(zip(self.attributes, row, strict=True))
            for first in range(0, len(texts), _BATCH)
            for row in self._probabilities(texts[first : first + _BATCH]).tolist()
        ]

    def explain(self, text: str) -> Explanation:
        """Attribute the scores of a text to its words, exactly as `score` computes them."""
        return explain(text, self._scorer)

    def _probabilities(self, texts: Sequence[str]) -> Floats:
        """(texts, attributes)."""
        scorer, raw = self._scorer, self._raw(texts)
        return probabilities(slopes(raw, scorer.lower, scorer.upper) * raw + scorer.offsets)

    def _raw(self, texts: Sequence[str]) -> Floats:
        scorer, features = self._scorer, featurise(texts)
        # One text after the other: the weights of a batch would take 6 MB for a moment (measured).
        sums = [
            features.values[start:end].astype(np.float64)
            @ scorer.weights.take(features.columns[start:end], axis=0).astype(np.float64)
            for start, end in pairwise(features.starts.tolist())
        ]
        return np.array(sums) * scorer.factors + scorer.bias


def load(path: Path) -> Classifier:
    """Load a model.

    Args:
        path: The folder of the artefact.

    Returns:
        The classifier, whose weights and manifest are as they were written.

    Raises:
        ArtefactRefused: The artefact is missing or altered, or this version of Parley cannot use
            it.
    """
    manifest = artefact_file.read_manifest(path)
    if manifest.get("normaliser_version") != NORMALISER_VERSION:
        message = (
            f"{path} was trained with normaliser version {manifest.get('normaliser_version')}; "
            f"this Parley has version {NORMALISER_VERSION}"
        )
        raise ArtefactRefused(message)
    weights = artefact_file.read_weights(path, manifest)
    return Classifier(manifest, weights)
