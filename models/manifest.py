"""The manifest: everything about a trained model that is not a weight, as JSON."""

import platform
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version

from models.artefact_file import FORMAT_VERSION, Manifest
from models.folds import FOLDS
from models.judge import MISSED, PRECISION, Judged
from models.normalise import NORMALISER_VERSION

LIBRARIES = ("numpy", "scipy", "scikit-learn")

THRESHOLD_METHOD = {
    "reject": (
        f"the lowest score from which the precision is at least {PRECISION:.0%}, by the one-sided "
        "95 % Clopper-Pearson lower bound, on out-of-fold scores; null where no score reaches it"
    ),
    "flag": f"the score below which at most {MISSED:.0%} of the positives lie, on the same scores",
}
CALIBRATION_METHOD = (
    "Platt's curve through out-of-fold scores: probability = 1 / (1 + exp(-(slope x raw + "
    "intercept))), with another slope above 0 where that fits rows left out better; toxic comments "
    "whose label is known stand for those whose label is not"
)


def manifest_of(judged: Mapping[str, Judged], *, digest: str, seed: int) -> Manifest:
    """What the out-of-fold scores decide: before the sealed comments are looked at."""
    return {
        "format_version": FORMAT_VERSION,
        "model_version": f"{FORMAT_VERSION}-{digest[:12]}",
        "sha256": digest,
        "normaliser_version": NORMALISER_VERSION,
        "attributes": list(judged),
        "calibration": {name: asdict(found.calibration) for name, found in judged.items()},
        "calibration_method": CALIBRATION_METHOD,
        "thresholds": {name: asdict(found.thresholds) for name, found in judged.items()},
        "threshold_method": THRESHOLD_METHOD,
        "cross_validated": {
            name: {
                **asdict(found.figures),
                "negatives_flagged": found.negatives_flagged,
                "negatives_rejected": found.negatives_rejected,
            }
            for name, found in judged.items()
        },
        "folds": FOLDS,
        "seed": seed,
        "libraries": {"python": platform.python_version()}
        | {name: version(name) for name in LIBRARIES},
    }
