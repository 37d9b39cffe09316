"""Learning from an operator's own labelled comments, on top of a model that is there.

Per labelled attribute a regression on the own comments, mixed with the old model by a second one on
scores out of fold: few comments change little, many change much. Sums of linear models are linear.
Attributes without labels stay as they are.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.card.adapted_model import card_of_own
from models.datasets.labelled_file import BadLabels, Labelled
from models.features.array_types import Floats
from models.fitting.blending import Rows, Tell, mixed
from models.fitting.flag_thresholds import reaching
from models.fitting.folds import FOLDS
from models.fitting.linear_svm import Linear, Matrix, feature_matrix, recipe_for
from models.fitting.minhash_duplicates import duplicate_groups
from models.fitting.operating_points import ON_ITS_OWN, Judgement, judge
from models.metrics.summary import measure
from models.serving import artefact as artefact_file
from models.serving.artefact import Manifest
from models.serving.attributes import ATTRIBUTES
from models.serving.calibration import Calibration
from models.training.manifest import manifest_of

FEWEST = 30  # rows of each kind


@dataclass(frozen=True)
class _Learned:
    model: Linear
    raw: Floats  # out of fold, NaN where the label is unknown
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
    matrix = feature_matrix(rows.texts)
    learned = dict(_learn(rows, matrix, old, manifest, seed, tell))
    models = [
        learned[name].model if name in learned else model
        for name, model in zip(ATTRIBUTES, old, strict=True)
    ]
    weights = artefact_file.quantise(
        np.vstack([model.weights for model in models]),
        np.array([model.intercept for model in models]),
    )
    digest = artefact_file.digest(artefact_file.pack(weights))
    judgement = _judged(rows, learned, _seen(matrix, old, manifest, learned))
    new = _manifest(manifest, manifest_of(judgement, digest=digest, seed=seed))
    new["own"] = {
        "rows": len(rows.texts),
        "before": {name: each.before for name, each in learned.items()},
    }
    artefact_file.write(out, weights, new, card_of_own(new))


def _models(weights: artefact_file.Weights) -> list[Linear]:
    return [
        Linear(row.astype(np.float64) * float(scale), float(intercept))
        for row, scale, intercept in zip(
            weights.quantised, weights.scales, weights.intercepts, strict=True
        )
    ]


def _learn(
    rows: Labelled, matrix: Matrix, old: list[Linear], manifest: Manifest, seed: int, tell: Tell
) -> Iterator[tuple[str, _Learned]]:
    groups = duplicate_groups(rows.texts)
    folds = np.random.default_rng(seed).integers(0, FOLDS, size=len(groups))[groups]
    for name, values in rows.labels.items():
        labels = np.array(values)
        known = ~np.isnan(labels)
        some = Rows(matrix[known], labels[known], folds[known], recipe_for(name))
        base = old[ATTRIBUTES.index(name)]
        curve = Calibration(**manifest["calibration"][name])
        before = asdict(measure(some.labels, curve.probabilities(base.raw(some.matrix))))
        raw = np.full(len(labels), np.nan)
        model, raw[known] = mixed(some, base, name, seed, tell)
        yield name, _Learned(model, raw, before)


def _seen(
    matrix: Matrix, old: list[Linear], manifest: Manifest, learned: dict[str, _Learned]
) -> NDArray[np.bool_]:
    """The rows that wait by the flag of an attribute of abuse that stays as it was."""
    stay = [name for name in ATTRIBUTES if name not in learned and name != ON_ITS_OWN]
    curves = [Calibration(**manifest["calibration"][name]) for name in stay]
    raw = [old[ATTRIBUTES.index(name)].raw(matrix) for name in stay]
    scores = [curve.probabilities(each) for curve, each in zip(curves, raw, strict=True)]
    flags = [manifest["thresholds"][name]["flag"] for name in stay]
    return reaching(np.column_stack([*scores, np.zeros(matrix.shape[0])]), [*flags, None])


def _judged(rows: Labelled, learned: dict[str, _Learned], seen: NDArray[np.bool_]) -> Judgement:
    """In the order of ATTRIBUTES, so that toxicity's flag comes first."""
    raw = {name: learned[name].raw for name in ATTRIBUTES if name in learned}
    labels = np.column_stack([rows.labels[name] for name in raw])
    return judge(raw, np.zeros(len(labels)), labels, seen)


def _manifest(base: Manifest, new: Manifest) -> Manifest:
    """What stays true of the base, and what the own comments decide."""
    for part in ("calibration", "thresholds", "cross_validated"):
        new[part] = {name: {**base[part], **new[part]}[name] for name in ATTRIBUTES}
    new["attributes"] = list(ATTRIBUTES)
    return new | {"base": base["model_version"]}
