"""Texts in, calibrated probabilities out, with numpy alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.features.normalise import NORMALISER_VERSION
from models.features.vectoriser import WIDTH, featurise
from models.serving import artefact as artefact_file
from models.serving.artefact import ArtefactRefused, Manifest
from models.serving.calibration import Calibration, probabilities, slopes
from models.serving.explain import Explanation, LogOdds, explain

ARTEFACT = Path(__file__).parents[1] / "artefact"

# More texts at once are not faster, and need more memory.
_AT_A_TIME = 128


@dataclass(frozen=True)
class Thresholds:
    """Scores from which a comment is rejected or flagged.

    None to reject: no score was good enough. None to flag: the attribute never flags alone, since
    other flags miss few enough of its comments.
    """

    reject: float | None
    flag: float | None


class Classifier:
    """A loaded model. `score` may be called from many threads."""

    version: str
    attributes: tuple[str, ...]
    thresholds: Mapping[str, Thresholds]

    def __init__(self, manifest: Manifest, weights: artefact_file.Weights) -> None:
        self.version = manifest["model_version"]
        self.attributes = tuple(manifest["attributes"])
        self.thresholds = {
            name: Thresholds(limits["reject"], limits["flag"])
            for name, limits in manifest["thresholds"].items()
        }
        self._weights = np.ascontiguousarray(weights.quantised.T)
        self._scales = weights.scales.astype(np.float64)
        self._intercepts = weights.intercepts.astype(np.float64)
        curves = [Calibration(**manifest["calibration"][name]) for name in self.attributes]
        self._lower = np.array([curve.slope for curve in curves])
        self._upper = np.array([curve.upper_slope for curve in curves])
        self._offsets = np.array([curve.intercept for curve in curves])
        self._log_odds = LogOdds(
            self.attributes,
            self._weights,
            self._scales,
            self._intercepts,
            self._lower,
            self._upper,
            self._offsets,
        )

    def score(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """For each text, attribute -> probability in [0, 1]; any number of texts in one call."""
        return [
            dict(zip(self.attributes, row, strict=True))
            for first in range(0, len(texts), _AT_A_TIME)
            for row in self._probabilities(texts[first : first + _AT_A_TIME]).tolist()
        ]

    def explain(self, text: str) -> Explanation:
        """The parts of the text that made its scores, exactly as `score` computes them."""
        return explain(text, self._log_odds)

    def _probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        raw = self._raw(texts)
        return probabilities(slopes(raw, self._lower, self._upper) * raw + self._offsets)

    def _raw(self, texts: Sequence[str]) -> NDArray[np.float64]:
        features = featurise(texts)
        weights = self._weights.take(features.columns, axis=0).astype(np.float64)
        values = features.values.astype(np.float64)
        spans = zip(features.starts[:-1], features.starts[1:], strict=True)
        sums = [values[start:end] @ weights[start:end] for start, end in spans]
        return np.array(sums) * self._scales + self._intercepts


def load(path: Path) -> Classifier:
    """The classifier in the folder `path`, or `ArtefactRefused`."""
    manifest = artefact_file.read_manifest(path)
    if manifest.get("normaliser_version") != NORMALISER_VERSION:
        what = (
            f"{path} was trained with normaliser version {manifest.get('normaliser_version')}; "
            f"this Parley has version {NORMALISER_VERSION}"
        )
        raise ArtefactRefused(what)
    weights = artefact_file.read_weights(path, manifest)
    if weights.quantised.shape != (len(manifest["attributes"]), WIDTH):
        what = f"{path} has weights of shape {weights.quantised.shape}, not those of its features"
        raise ArtefactRefused(what)
    return Classifier(manifest, weights)
