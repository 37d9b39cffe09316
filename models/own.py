"""Learning from an operator's own labelled comments, on top of a model that is there.

Per labelled attribute a regression on the own comments, mixed with the old model by a second one on
scores out of fold: few comments change little, many change much. Sums of linear models are linear.
Attributes without labels stay as they are.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from models import artefact_file
from models.artefact_file import Manifest
from models.calibration import Calibration
from models.card_own import card_of_own
from models.classifier import ATTRIBUTES
from models.duplicates import duplicate_groups
from models.evaluate import measure
from models.fitting import Linear, feature_matrix, recipe_for
from models.folds import FOLDS
from models.judge import Judged, judge
from models.labelled import BadLabels, Labelled
from models.manifest import manifest_of
from models.mixing import Rows, Tell, mixed

FEWEST = 30  # rows of each kind


@dataclass(frozen=True)
class _Learned:
    model: Linear
    judged: Judged
    before: dict[str, float]


def steps(rows: Labelled) -> int:
    """Calls of `tell` for these rows."""
    return 1 + len(rows.labels) * (FOLDS + 1)


def refuse_too_few(rows: Labelled) -> None:
    """Raises `BadLabels` for a column with fewer than FEWEST of either label."""
    for name, labels in rows.labels.items():
        positives, negatives = labels.count(1.0), labels.count(0.0)
        if min(positives, negatives) < FEWEST:
            what = (
                f"column {name!r} has {positives} rows with 1 and {negatives} with 0: "
                f"{FEWEST} of each are the fewest to learn from; leave the column out or label more"
            )
            raise BadLabels(what)


def train_own(rows: Labelled, base: Path, out: Path, *, seed: int, tell: Tell) -> None:
    """A new artefact in `out` from the one in `base`; `rows` have names of ATTRIBUTES.

    Raises `BadLabels` or `ArtefactRefused`.
    """
    refuse_too_few(rows)
    manifest = artefact_file.read_manifest(base)
    old = _models(artefact_file.read_weights(base, manifest))
    tell("finding near-duplicates and counting features")
    learned = dict(_learn(rows, old, manifest, seed, tell))
    models = [
        learned[name].model if name in learned else model
        for name, model in zip(ATTRIBUTES, old, strict=True)
    ]
    weights = artefact_file.quantise(
        np.vstack([model.weights for model in models]),
        np.array([model.intercept for model in models]),
    )
    digest = artefact_file.digest(artefact_file.packed(weights))
    new = _manifest(manifest, learned, len(rows.texts), digest=digest, seed=seed)
    artefact_file.write(out, weights, new, card_of_own(new))


def _models(weights: artefact_file.Weights) -> list[Linear]:
    return [
        Linear(row.astype(np.float64) * float(scale), float(intercept))
        for row, scale, intercept in zip(
            weights.quantised, weights.scales, weights.intercepts, strict=True
        )
    ]


def _learn(
    rows: Labelled, old: list[Linear], manifest: Manifest, seed: int, tell: Tell
) -> Iterator[tuple[str, _Learned]]:
    matrix, groups = feature_matrix(rows.texts), duplicate_groups(rows.texts)
    folds = np.random.default_rng(seed).integers(0, FOLDS, size=len(groups))[groups]
    for name, values in rows.labels.items():
        labels = np.array(values)
        known = ~np.isnan(labels)
        some = Rows(matrix[known], labels[known], folds[known], recipe_for(name))
        base = old[ATTRIBUTES.index(name)]
        curve = Calibration(**manifest["calibration"][name])
        before = asdict(measure(some.labels, curve.probabilities(base.raw(some.matrix))))
        model, raw = mixed(some, base, name, seed, tell)
        yield name, _Learned(model, judge(raw, some.labels, some.labels), before)


def _manifest(
    base: Manifest, learned: dict[str, _Learned], rows: int, *, digest: str, seed: int
) -> Manifest:
    """What stays true of the base, and what the own comments decide."""
    new = manifest_of(
        {name: each.judged for name, each in learned.items()}, digest=digest, seed=seed
    )
    for part in ("calibration", "thresholds", "cross_validated"):
        new[part] = {name: {**base[part], **new[part]}[name] for name in ATTRIBUTES}
    new["attributes"] = list(ATTRIBUTES)
    return new | {
        "base": base["model_version"],
        "own": {"rows": rows, "before": {name: each.before for name, each in learned.items()}},
    }
