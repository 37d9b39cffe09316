"""Adapt a model to an operator's own labelled comments.

For each labelled attribute a model of the own comments is blended with the old one by a regression
on scores out of fold: few comments change little, many change much. Attributes without labels stay
as they are.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from models.card.adapted_model import render_adapted_card
from models.datasets.labelled_file import BadLabels, Labelled
from models.features.array_types import Bools, Floats
from models.fitting.blending import NewRows, blend
from models.fitting.flag_thresholds import reaches_any
from models.fitting.folds import FOLDS
from models.fitting.linear_svm import (
    LinearModel,
    SparseMatrix,
    feature_matrix,
    hyperparameters_for,
)
from models.fitting.minhash_duplicates import duplicate_groups
from models.fitting.operating_points import (
    FLAGGED_ALONE,
    OperatingPoints,
    fit_operating_points,
)
from models.fitting.progress import ProgressCallback
from models.metrics.summary import measure
from models.serving import artefact as artefact_file
from models.serving.artefact import Manifest
from models.serving.attributes import ATTRIBUTES
from models.serving.calibration import Calibration
from models.training.manifest import build_manifest

FEWEST = 30  # rows of each kind


@dataclass(frozen=True)
class _Base:
    """The model to adapt: its manifest, and its models in the order of ATTRIBUTES."""

    manifest: Manifest
    models: list[LinearModel]

    def model(self, attribute: str) -> LinearModel:
        return self.models[ATTRIBUTES.index(attribute)]

    def curve(self, attribute: str) -> Calibration:
        return Calibration(**self.manifest["calibration"][attribute])


@dataclass(frozen=True)
class _Adapted:
    model: LinearModel
    raw: Floats  # out of fold, NaN where the label is unknown
    before: dict[str, float]  # figures of the base


def step_count(rows: Labelled) -> int:
    """Return how often `adapt` calls `on_step` for these rows."""
    return 1 + len(rows.labels) * (FOLDS + 1)


def adapt(rows: Labelled, base: Path, out: Path, *, seed: int, on_step: ProgressCallback) -> None:
    """Adapt a model and write the artefact of the new one.

    Args:
        rows: The operator's comments, with columns of ATTRIBUTES.
        base: The artefact of the old model.
        out: The folder of the new artefact.
        seed: Of folds and fits.
        on_step: Called `step_count(rows)` times.

    Raises:
        BadLabels: A column has fewer than FEWEST of either label, or too many near-duplicates.
        ArtefactRefused: The old model cannot be read.
    """
    _check_enough_labels(rows)
    old = _read_base(base)
    on_step("finding near-duplicates and counting features")
    features = feature_matrix(rows.texts)
    adapted = dict(_adapt_each(rows, features, old, seed, on_step))
    models = [adapted[name].model if name in adapted else old.model(name) for name in ATTRIBUTES]
    weights = artefact_file.quantise(
        np.vstack([model.weights for model in models]),
        np.array([model.intercept for model in models]),
    )
    digest = artefact_file.digest(artefact_file.pack(weights))
    points = _operating_points(rows, adapted, _already_flagged(features, old, set(adapted)))
    manifest = _merged(old.manifest, build_manifest(points, digest=digest, seed=seed))
    before = {name: attribute.before for name, attribute in adapted.items()}
    manifest["own"] = {"rows": len(rows.texts), "before": before}
    artefact_file.write(out, weights, manifest, render_adapted_card(manifest))


def _check_enough_labels(rows: Labelled) -> None:
    """Raises `BadLabels` for a column with fewer than FEWEST of either label."""
    for name, labels in rows.labels.items():
        positives, negatives = labels.count(1.0), labels.count(0.0)
        if min(positives, negatives) < FEWEST:
            message = (
                f"column {name!r} has {positives} rows with 1 and {negatives} with 0: "
                f"{FEWEST} of each are the fewest to learn from; leave the column out or label more"
            )
            raise BadLabels(message)


def _read_base(folder: Path) -> _Base:
    manifest = artefact_file.read_manifest(folder)
    weights = artefact_file.read_weights(folder, manifest)
    rows = zip(weights.quantised, weights.scales, weights.intercepts, strict=True)
    models = [
        LinearModel(quantised.astype(np.float64) * float(scale), float(intercept))
        for quantised, scale, intercept in rows
    ]
    return _Base(manifest, models)


def _adapt_each(
    rows: Labelled, features: SparseMatrix, old: _Base, seed: int, on_step: ProgressCallback
) -> Iterator[tuple[str, _Adapted]]:
    groups = duplicate_groups(rows.texts)
    folds = np.random.default_rng(seed).integers(0, FOLDS, size=len(groups))[groups]
    for name, values in rows.labels.items():
        labels = np.array(values)
        known = ~np.isnan(labels)
        new = NewRows(name, features[known], labels[known], folds[known], hyperparameters_for(name))
        base_scores = old.curve(name).probabilities(old.model(name).raw(new.features))
        raw = np.full(len(labels), np.nan)
        model, raw[known] = blend(new, old.model(name), seed, on_step)
        yield name, _Adapted(model, raw, asdict(measure(new.labels, base_scores)))


def _already_flagged(features: SparseMatrix, old: _Base, adapted: set[str]) -> Bools:
    """The rows that wait by the flag of an attribute of abuse that stays as it was."""
    kept = [name for name in ATTRIBUTES if name not in adapted and name != FLAGGED_ALONE]
    scores = [old.curve(name).probabilities(old.model(name).raw(features)) for name in kept]
    flags = [old.manifest["thresholds"][name]["flag"] for name in kept]
    # A column that flags nothing, since there may be no other.
    return reaches_any(np.column_stack([*scores, np.zeros(features.shape[0])]), [*flags, None])


def _operating_points(
    rows: Labelled, adapted: dict[str, _Adapted], already_flagged: Bools
) -> OperatingPoints:
    """In the order of ATTRIBUTES, so that toxicity's flag comes first."""
    raw = {name: adapted[name].raw for name in ATTRIBUTES if name in adapted}
    labels = np.column_stack([rows.labels[name] for name in raw])
    return fit_operating_points(raw, np.zeros(len(labels)), labels, already_flagged)


def _merged(base: Manifest, new: Manifest) -> Manifest:
    """The new manifest with what stays true of the base."""
    thresholds = new["thresholds"]
    for part in ("calibration", "thresholds", "cross_validated"):
        new[part] = {name: {**base[part], **new[part]}[name] for name in ATTRIBUTES}
    new["attributes"] = list(ATTRIBUTES)
    if "settings" in base:
        new["settings"] = {
            name: _adapted_setting(setting, thresholds)
            for name, setting in base["settings"].items()
        }
    return new | {"base": base["model_version"]}


def _adapted_setting(base: Manifest, thresholds: Manifest) -> Manifest:
    """The base's setting with thresholds of own attributes; what both do nobody has measured."""
    return {
        "thresholds": {**base["thresholds"], **thresholds},
        **dict.fromkeys(("held", "caught", "precision")),
    }
