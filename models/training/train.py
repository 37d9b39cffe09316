"""Labelled files in, artefact and card out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.card.curves import pictures_of
from models.card.model_card import card_of
from models.datasets.corpus import read_corpus
from models.evaluation.held_out import measured
from models.evaluation.out_of_domain import (
    ELSEWHERE,
    fitted_without,
    leave_one_video_out,
    left_out,
    news_in_folds,
    text_messages,
)
from models.evaluation.rationale_agreement import MARKED_FILE, measure_marked
from models.features.array_types import Floats
from models.fitting.design_matrix import Table, fitted, tabulate
from models.fitting.folds import FOLDS, SEALED
from models.fitting.linear_svm import Linear
from models.fitting.operating_points import judge
from models.fitting.stacking import borrow
from models.serving import artefact as artefact_file
from models.serving.artefact import Manifest, Weights
from models.serving.attributes import ATTRIBUTES
from models.serving.classifier import Classifier
from models.training.manifest import manifest_of

Tell = Callable[[str], None]

# Calls of `tell`: reading, features, the fits of each attribute, text messages, those without a
# source, news in folds, the sealed comments, the marked words.
STEPS = 6 + len(ATTRIBUTES) * (FOLDS + 1) + len(ELSEWHERE)
SPAM = ATTRIBUTES.index("spam")


@dataclass(frozen=True)
class Learned:
    """A model of one attribute, and its rows' raw scores by models that had not seen them."""

    model: Linear
    raw: Floats  # NaN for rows outside the folds


def train(data: Path, out: Path, *, seed: int, tell: Tell) -> None:
    """Train on the files in `data` and put the artefact in `out`, all of it or nothing.

    `tell` hears of each of the STEPS steps as it begins. The same files, seed and libraries give
    the same bytes. Raises `BadTrainingData`.
    """
    tell("reading the labelled comments")
    examples = read_corpus(data)
    tell("finding near-duplicates and counting features")
    table = tabulate(examples, seed)
    alone = [_learn(table, number, seed, tell) for number in range(len(ATTRIBUTES))]
    learned = _borrowed(alone, table)
    weights = _quantised(learned)
    manifest = _judged(table, learned, weights, seed)
    manifest |= {"videos": leave_one_video_out(table, learned[SPAM].raw, examples)}
    tell("spam: text messages in folds")
    manifest |= {"text_messages": text_messages(table, examples, seed)}
    manifest |= {"elsewhere": dict(left_out(table, examples, seed, tell))}
    tell("toxicity: news in folds")
    manifest |= {"news": news_in_folds(table, examples, seed)}
    tell("measuring on the sealed comments and on our own sentences")
    manifest |= measured(Classifier(manifest, weights), examples, table)
    tell("measuring the words that people marked")
    without_news = fitted_without(table, examples, ELSEWHERE["news"][0], seed)
    manifest |= {"reasons": measure_marked(without_news, data / MARKED_FILE)}
    artefact_file.write(out, weights, manifest, card_of(manifest), pictures_of(manifest))


def _learn(table: Table, attribute: int, seed: int, tell: Tell) -> Learned:
    raw = np.full(len(table.folds), np.nan)
    for fold in range(FOLDS):
        tell(f"{ATTRIBUTES[attribute]}: fold {fold + 1} of {FOLDS}")
        held = table.held(fold)
        raw[held] = _fitted(table, attribute, seed, without=fold).raw(table.matrix[held])
    tell(f"{ATTRIBUTES[attribute]}: all folds")
    return Learned(_fitted(table, attribute, seed, without=SEALED), raw)


def _fitted(table: Table, attribute: int, seed: int, *, without: int) -> Linear:
    rows = table.to_train(attribute, without=without)
    return fitted(table, rows, attribute, seed)


def _borrowed(alone: list[Learned], table: Table) -> list[Learned]:
    """Each attribute's model with what the others' scores add; sums of linear models are linear."""
    mixed = borrow(np.column_stack([each.raw for each in alone]), table.labels, table.folds)
    return [
        Learned(mixture.of([each.model for each in alone]), raw)
        for mixture, raw in zip(mixed.mixtures, mixed.raw.T, strict=True)
    ]


def _quantised(learned: list[Learned]) -> Weights:
    weights = np.vstack([each.model.weights for each in learned])
    return artefact_file.quantise(weights, np.array([each.model.intercept for each in learned]))


def _judged(table: Table, learned: list[Learned], weights: Weights, seed: int) -> Manifest:
    raw = {name: each.raw for name, each in zip(ATTRIBUTES, learned, strict=True)}
    judgement = judge(raw, table.labels[:, 0], table.labels)
    digest = artefact_file.digest(artefact_file.pack(weights))
    return manifest_of(judgement, digest=digest, seed=seed)
