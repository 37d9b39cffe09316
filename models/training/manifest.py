"""The manifest: everything about a trained model that is not a weight, as JSON."""

import platform
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from models.features.normalise import NORMALISER_VERSION
from models.fitting.flag_thresholds import FEWEST_TO_BOUND, MISSED, missed_by_all
from models.fitting.folds import FOLDS
from models.fitting.operating_points import PRECISION, Judgement
from models.serving.artefact import FORMAT_VERSION, Manifest

LIBRARIES = ("numpy", "scipy", "scikit-learn")

THRESHOLD_METHOD = {
    "reject": (
        f"the lowest score from which the precision is at least {PRECISION:.0%}, by the one-sided "
        "95 % Clopper-Pearson lower bound, on out-of-fold scores; null where no score reaches it"
    ),
    "flag": (
        "chosen together on the same scores, since a comment waits when any attribute reaches its "
        f"own: so high that all flags miss at most {MISSED:.0%} of each attribute's positives, by "
        f"the one-sided 95 % Clopper-Pearson upper bound where it has {FEWEST_TO_BOUND} and more. "
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


def manifest_of(judgement: Judgement, *, digest: str, seed: int) -> Manifest:
    """What the out-of-fold scores decide: before the sealed comments are looked at."""
    judged = judgement.judged
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
        "missed": _missed(judgement),
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


def _missed(judgement: Judgement) -> dict[str, dict[str, Any]]:
    found = missed_by_all(judgement.flagged(), judgement.known(), list(judgement.judged))
    return {name: asdict(missed) for name, missed in found.items()}
