"""Train a language from an operator's own labelled comments, and measure it as the shipped ones."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.datasets.labelled_file import BadLabels, Labelled
from models.features.array_types import Ints
from models.fitting.progress import ProgressCallback
from models.languages.language_grades import LEAST_AUC, held_out_places
from models.languages.language_rows import LanguageRows
from models.languages.language_training import new_manifest, train_language
from models.metrics.ranking_metrics import roc_auc
from models.metrics.summary import four_decimals
from models.serving.languages.grades import ENGLISH, Grade
from models.serving.languages.identification import SpokenLanguages
from models.serving.languages.language_classifier import TOXICITY
from models.serving.languages.language_manifest import write_manifest
from models.serving.languages.language_models import LanguageModels

COLUMNS = ("label", TOXICITY)  # of a labelled file; the first that is there counts
FEWEST = 100  # comments of each kind
STEPS = 2
_FEWEST_IDENTIFIED = 0.1  # share of the comments: else they are in another language
_SOURCE = "own comments"


class LanguageNotLearned(ValueError):
    """The comments do not tell toxic ones from others well enough; the message has the figures."""


@dataclass(frozen=True)
class OwnLanguage:
    """What a language is trained with, beside its comments.

    Attributes:
        code: Of the language.
        rude_words: Words and phrases that are rude by themselves.
        seed: Of folds and fits.
        languages: Those in use: they tell the language from others, and may have a model of it.
    """

    code: str
    rude_words: tuple[str, ...]
    seed: int
    languages: LanguageModels

    def train(self, labelled: Labelled, out: Path, on_step: ProgressCallback) -> None:
        """Train the model and write its file and manifest.

        Args:
            labelled: The comments, with one of COLUMNS.
            out: A folder without another model.
            on_step: Called STEPS times.

        Raises:
            BadLabels: There are too few comments of a kind, or they are in another language.
            LanguageNotLearned: The model is not good enough; nothing is written.
        """
        on_step(f"{self.code}: comparing the comments with one another")
        rows = _rows(labelled, self.rude_words)
        identified = self._share_identified(rows.texts)
        places = held_out_places(rows, self.seed)
        on_step(f"{self.code}: fitting and measuring")
        entry = train_language(rows, self.code, out, self.seed)
        if entry["grade"] is Grade.UNKNOWN:
            raise LanguageNotLearned(_not_learned(entry["figures"]["held_out"]))
        entry["figures"] |= {"identified": identified, **self._before(rows, places)}
        write_manifest(out, new_manifest(self.seed) | {"languages": {self.code: entry}})

    def _share_identified(self, texts: Sequence[str]) -> float:
        """How many are told as this language, on a site in English and in it."""
        spoken = SpokenLanguages((ENGLISH, self.code), ENGLISH)
        codes = self.languages.identify(texts, spoken)
        share = float(np.mean([code == self.code for code in codes]))
        if share < _FEWEST_IDENTIFIED:
            message = (
                f"only {share:.0%} of the comments are told as {self.code}, so a model made of them"
                " would score none: which language are they in?"
            )
            raise BadLabels(message)
        return four_decimals(share)

    def _before(self, rows: LanguageRows, places: Ints) -> dict[str, Any]:
        """The AUC of the model in use, where there is one, on the same held-out comments."""
        if self.languages.grade(self.code) is Grade.UNKNOWN:
            return {}
        scored = self.languages.classifier(self.code).score([rows.texts[place] for place in places])
        scores = np.array([of_text[TOXICITY] for of_text in scored])
        return {"before": {"auc": four_decimals(roc_auc(rows.labels[places], scores))}}


def _rows(labelled: Labelled, rude_words: tuple[str, ...]) -> LanguageRows:
    """The comments that have a label; raises BadLabels for fewer than FEWEST of a kind."""
    column = next(name for name in COLUMNS if name in labelled.labels)
    values = labelled.labels[column]
    known = [place for place, value in enumerate(values) if not math.isnan(value)]
    labels = np.array([values[place] for place in known])
    toxic = int(labels.sum())
    if min(toxic, len(labels) - toxic) < FEWEST:
        message = (
            f"column {column!r} has {toxic:,} rows with 1 (toxic) and {len(labels) - toxic:,} with"
            f" 0: {FEWEST} of each are the fewest to learn a language from"
        )
        raise BadLabels(message)
    texts = [labelled.texts[place] for place in known]
    return LanguageRows(texts, labels, [_SOURCE] * len(texts), rude_words)


def _not_learned(figures: dict[str, float]) -> str:
    return (
        f"of {figures['rows']:,} comments that it had not seen the model cannot tell the toxic ones"
        f" well enough: an AUC of {figures['auc']:.2f}, and {LEAST_AUC:.2f} is the least. Nothing"
        " was written; are the labels right, and all comments in this language?"
    )
