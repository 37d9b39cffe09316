"""Train a model from Parley's labelled files: artefact, card and pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.card.curves import render_pictures
from models.card.model_card import render_card
from models.datasets.corpus import read_corpus
from models.datasets.everyday import kind_of
from models.datasets.examples import Example
from models.evaluation.held_out import evaluate_held_out
from models.evaluation.out_of_domain import (
    DOMAINS,
    fit_without,
    leave_one_source_out,
    leave_one_video_out,
    news_in_folds,
    text_messages,
)
from models.evaluation.rationale_agreement import RATIONALE_FILE, rationale_agreement
from models.evaluation.waiting_shares import everyday_figures, unseen_sources
from models.features.array_types import Bools, Floats
from models.fitting.design_matrix import DesignMatrix, build_design_matrix
from models.fitting.fit_calibration import fitted_scores
from models.fitting.folds import FOLDS, HELD_OUT
from models.fitting.linear_svm import LinearModel
from models.fitting.operating_points import (
    OperatingPoints,
    fit_operating_points,
    with_thresholds,
)
from models.fitting.place_mix import place_mix
from models.fitting.progress import ProgressCallback
from models.fitting.sample_weights import swearing_weights
from models.fitting.setting_thresholds import METHOD, named_settings
from models.fitting.stacking import Stacked, SwearingRows, stack, swearing_of, with_swearing
from models.serving import artefact as artefact_file
from models.serving.artefact import Manifest, Weights
from models.serving.attributes import ATTRIBUTES
from models.serving.classifier import Classifier
from models.serving.named_settings import BALANCED, Thresholds
from models.training.manifest import build_manifest

# Calls of `on_step`: reading, features, the fits of each attribute, text messages, each domain left
# out, news in folds, the held-out comments, everyday sources left out, the marked words.
STEPS = 7 + len(ATTRIBUTES) * (FOLDS + 1) + len(DOMAINS)
_SPAM = ATTRIBUTES.index("spam")


@dataclass(frozen=True)
class _Fitted:
    """A model of one attribute, and the raw scores of rows by models that had not seen them."""

    model: LinearModel
    raw: Floats  # NaN for rows outside the folds


def train(data: Path, out: Path, *, seed: int, on_step: ProgressCallback) -> None:
    """Train a model and write its artefact, whole or not at all.

    The same files, seed and libraries give the same bytes.

    Args:
        data: The folder of the labelled files.
        out: The folder of the artefact, replaced at the end.
        seed: Of folds and fits.
        on_step: Called STEPS times.

    Raises:
        BadTrainingData: A file is missing or malformed.
    """
    on_step("reading the labelled comments")
    examples = read_corpus(data)
    on_step("finding near-duplicates and counting features")
    design = build_design_matrix(examples, seed)
    everyday = np.array([bool(kind_of(example.source)) for example in examples])
    alone = [_fit(design, number, seed, on_step) for number in range(len(ATTRIBUTES))]
    swearing = swearing_of(design.features)
    rows = SwearingRows(swearing, design.labels[:, 0], swearing_weights(examples))
    stacked = with_swearing(_stacked(alone, design, everyday), rows, design.folds)
    fitted = _combined(alone, stacked)
    weights = _quantised(fitted)
    raw = np.column_stack([attribute.raw for attribute in fitted])
    points, settings = _operating_points(design, examples, raw, everyday)
    digest = artefact_file.digest(artefact_file.pack(weights))
    manifest = build_manifest(points, digest=digest, seed=seed)
    manifest |= {"settings": settings, "threshold_method": METHOD}
    classifier = Classifier(manifest, weights)
    manifest |= {"videos": leave_one_video_out(design, fitted[_SPAM].raw, examples)}
    on_step("spam: text messages in folds")
    manifest |= {"text_messages": text_messages(design, examples, seed)}
    manifest |= {"elsewhere": dict(leave_one_source_out(design, examples, seed, on_step))}
    on_step("toxicity: news in folds")
    manifest |= {"news": news_in_folds(design, examples, seed)}
    on_step("measuring on the sealed comments and on our own sentences")
    manifest |= evaluate_held_out(classifier, examples, design)
    on_step("measuring everyday comments of sources left out")
    manifest |= {
        "everyday": everyday_figures(classifier, settings, examples, design),
        "unseen_sources": unseen_sources(manifest, stacked.weights, examples, design),
    }
    on_step("measuring the words that people marked")
    without_news = fit_without(design, examples, DOMAINS["news"][0], seed)
    manifest |= {"reasons": rationale_agreement(without_news, data / RATIONALE_FILE)}
    artefact_file.write(out, weights, manifest, render_card(manifest), render_pictures(manifest))


def _fit(design: DesignMatrix, attribute: int, seed: int, on_step: ProgressCallback) -> _Fitted:
    raw = np.full(len(design.folds), np.nan)
    for fold in range(FOLDS):
        on_step(f"{ATTRIBUTES[attribute]}: fold {fold + 1} of {FOLDS}")
        unseen = design.folds == fold
        model = _fit_without(design, attribute, seed, fold)
        raw[unseen] = model.raw(design.features[unseen])
    on_step(f"{ATTRIBUTES[attribute]}: all folds")
    return _Fitted(_fit_without(design, attribute, seed, HELD_OUT), raw)


def _fit_without(design: DesignMatrix, attribute: int, seed: int, fold: int) -> LinearModel:
    return design.fit(design.training_rows(attribute, without=fold), attribute, seed)


def _stacked(fitted: list[_Fitted], design: DesignMatrix, everyday: Bools) -> Stacked:
    """What the others' scores add to each attribute's, as Wikipedia's labels say."""
    raw = np.column_stack([attribute.raw for attribute in fitted])
    labels = np.where(everyday[:, None], np.nan, design.labels)
    return stack(raw, labels, design.folds)


def _combined(fitted: list[_Fitted], stacked: Stacked) -> list[_Fitted]:
    models = [attribute.model for attribute in fitted]
    return [
        _Fitted(weights.combine(models), raw)
        for weights, raw in zip(stacked.weights, stacked.raw.T, strict=True)
    ]


def _quantised(fitted: list[_Fitted]) -> Weights:
    models = [attribute.model for attribute in fitted]
    weights = np.vstack([model.weights for model in models])
    return artefact_file.quantise(weights, np.array([model.intercept for model in models]))


def _operating_points(
    design: DesignMatrix, examples: Sequence[Example], raw: Floats, everyday: Bools
) -> tuple[OperatingPoints, dict[str, Manifest]]:
    """Calibrated on Wikipedia and videos, with the thresholds of the balanced setting."""
    known = np.where(everyday[:, None], np.nan, raw)
    columns = dict(zip(ATTRIBUTES, known.T, strict=True))
    points = fit_operating_points(columns, design.labels[:, 0], design.labels)
    curves = [point.calibration for point in points.by_attribute.values()]
    scores = np.column_stack(
        [fitted_scores(curve, values) for curve, values in zip(curves, raw.T, strict=True)]
    )
    scored = np.asarray(~np.isnan(scores).any(axis=1))
    mix = place_mix(examples, scored, design.labels)
    settings = named_settings(scores, mix)
    balanced = settings[BALANCED]["thresholds"]
    chosen = {name: Thresholds(**balanced[name]) for name in ATTRIBUTES}
    return with_thresholds(points, chosen), settings
