"""The manifest: everything about a trained model that is not a weight, as JSON."""

import platform
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from models.features.normalise import NORMALISER_VERSION
from models.fitting.flag_thresholds import FEWEST_TO_BOUND, MAX_MISSED, missed_by_all
from models.fitting.folds import FOLDS
from models.fitting.operating_points import PRECISION, OperatingPoints
from models.serving.artefact import FORMAT_VERSION, Manifest

LIBRARIES = ("numpy", "scipy", "scikit-learn")

THRESHOLD_METHOD = {
    "reject": (
        f"the lowest score from which the precision is at least {PRECISION:.0%}, by the one-sided "
        "95 % Clopper-Pearson lower bound, on out-of-fold scores; null where no score reaches it"
    ),
    "flag": (
        "chosen together on the same scores, since a comment waits when any attribute reaches its "
        f"own: so high that all flags miss at most {MAX_MISSED:.0%} of each attribute's positives, "
        f"by the one-sided 95 % Clopper-Pearson upper bound where it has {FEWEST_TO_BOUND} and "
        "more. "
        "Toxicity comes first; where that misses too many of another's, the other gets a flag or "
        "toxicity a lower one, whichever flags fewer ordinary comments. An attribute without a "
        "flag never flags alone: its positives are flagged by others. Spam has a flag of its own"
    ),
}
CALIBRATION_METHOD = (
    "Platt's curve through out-of-fold scores: probability = 1 / (1 + exp(-(slope x raw + "
    "intercept))), with another slope above 0 where that fits rows left out better; toxic comments "
    "whose label is known stand for those whose label is not"
)


def build_manifest(points: OperatingPoints, *, digest: str, seed: int) -> Manifest:
    """Build what the out-of-fold scores decide, before the held-out comments are looked at.

    Args:
        points: The operating points of all attributes.
        digest: The SHA-256 of the packed weights, in hexadecimal.
        seed: Of the training.

    Returns:
        The manifest without the figures of the evaluation.
    """
    by_attribute = points.by_attribute
    return {
        "format_version": FORMAT_VERSION,
        "model_version": f"{FORMAT_VERSION}-{digest[:12]}",
        "sha256": digest,
        "normaliser_version": NORMALISER_VERSION,
        "attributes": list(by_attribute),
        "calibration": {name: asdict(point.calibration) for name, point in by_attribute.items()},
        "calibration_method": CALIBRATION_METHOD,
        "thresholds": {name: asdict(point.thresholds) for name, point in by_attribute.items()},
        "threshold_method": THRESHOLD_METHOD,
        "missed": _missed(points),
        "cross_validated": {
            name: {
                **asdict(point.figures),
                "negatives_flagged": point.negatives_flagged,
                "negatives_rejected": point.negatives_rejected,
            }
            for name, point in by_attribute.items()
        },
        "folds": FOLDS,
        "seed": seed,
        "libraries": {"python": platform.python_version()}
        | {name: version(name) for name in LIBRARIES},
    }


def _missed(points: OperatingPoints) -> dict[str, dict[str, Any]]:
    counts = missed_by_all(points.flagged(), points.scored_labels(), list(points.by_attribute))
    return {name: asdict(missed) for name, missed in counts.items()}
