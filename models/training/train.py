"""Train a model from Parley's labelled files: artefact, card and pictures."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.card.curves import render_pictures
from models.card.model_card import render_card
from models.datasets.corpus import read_corpus
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
from models.features.array_types import Floats
from models.fitting.design_matrix import DesignMatrix, build_design_matrix
from models.fitting.folds import FOLDS, HELD_OUT
from models.fitting.linear_svm import LinearModel
from models.fitting.operating_points import fit_operating_points
from models.fitting.progress import ProgressCallback
from models.fitting.stacking import stack
from models.serving import artefact as artefact_file
from models.serving.artefact import Manifest, Weights
from models.serving.attributes import ATTRIBUTES
from models.serving.classifier import Classifier
from models.training.manifest import build_manifest

# Calls of `on_step`: reading, features, the fits of each attribute, text messages, each domain left
# out, news in folds, the held-out comments, the marked words.
STEPS = 6 + len(ATTRIBUTES) * (FOLDS + 1) + len(DOMAINS)
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
    fitted = _stacked(
        [_fit(design, number, seed, on_step) for number in range(len(ATTRIBUTES))], design
    )
    weights = _quantised(fitted)
    manifest = _operating_points(design, fitted, weights, seed)
    manifest |= {"videos": leave_one_video_out(design, fitted[_SPAM].raw, examples)}
    on_step("spam: text messages in folds")
    manifest |= {"text_messages": text_messages(design, examples, seed)}
    manifest |= {"elsewhere": dict(leave_one_source_out(design, examples, seed, on_step))}
    on_step("toxicity: news in folds")
    manifest |= {"news": news_in_folds(design, examples, seed)}
    on_step("measuring on the sealed comments and on our own sentences")
    manifest |= evaluate_held_out(Classifier(manifest, weights), examples, design)
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


def _stacked(fitted: list[_Fitted], design: DesignMatrix) -> list[_Fitted]:
    """Each attribute's model with what the others' scores add."""
    raw = np.column_stack([attribute.raw for attribute in fitted])
    stacked = stack(raw, design.labels, design.folds)
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
    design: DesignMatrix, fitted: list[_Fitted], weights: Weights, seed: int
) -> Manifest:
    raw = {name: attribute.raw for name, attribute in zip(ATTRIBUTES, fitted, strict=True)}
    points = fit_operating_points(raw, design.labels[:, 0], design.labels)
    digest = artefact_file.digest(artefact_file.pack(weights))
    return build_manifest(points, digest=digest, seed=seed)
