"""Out-of-domain evaluation: on sources, videos and folds that the model has not seen."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.datasets.examples import Example
from models.features.array_types import Bools, Floats, Ints
from models.fitting.design_matrix import DesignMatrix
from models.fitting.fit_calibration import fit_calibration
from models.fitting.folds import FOLDS, HELD_OUT
from models.fitting.linear_svm import LinearModel
from models.fitting.progress import ProgressCallback
from models.metrics.summary import four_decimals, measure
from models.serving.attributes import ATTRIBUTES
from models.serving.calibration import probabilities

# For each domain the sources that are left out of the training, and those that are measured.
DOMAINS = {
    "news": (("civil_toxic", "toxic_spans", "unmarked"), ("civil_toxic", "toxic_spans")),
    "rewritten insults": (("paradetox",), ("paradetox",)),
}
_TOXICITY = 0
_SPAM = ATTRIBUTES.index("spam")
_EVEN = 0.5


def leave_one_source_out(
    design: DesignMatrix, examples: Sequence[Example], seed: int, on_step: ProgressCallback
) -> Iterator[tuple[str, dict[str, float]]]:
    """Measure toxicity of each domain by a model trained without it.

    Args:
        design: The arrays of the corpus.
        examples: The rows of `design`.
        seed: Of the fits.
        on_step: Called once for each of DOMAINS.

    Yields:
        Each domain with its figures.
    """
    for domain, (left_out, measured) in DOMAINS.items():
        on_step(f"toxicity: without {domain}")
        model = fit_without(design, examples, left_out, seed)
        rows = _originals(examples, measured)
        raw, labels = model.raw(design.features[rows]), design.labels[rows, _TOXICITY]
        yield domain, _ranking_figures(raw, labels)


def fit_without(
    design: DesignMatrix, examples: Sequence[Example], sources: Sequence[str], seed: int
) -> LinearModel:
    """Fit a model of toxicity that has seen neither some sources nor near-duplicates of them.

    Args:
        design: The arrays of the corpus.
        examples: The rows of `design`.
        sources: Those to leave out.
        seed: Of the fit.

    Returns:
        The model.
    """
    return design.fit(rows_without(design, examples, sources, _TOXICITY), _TOXICITY, seed)


def rows_without(
    design: DesignMatrix, examples: Sequence[Example], sources: Sequence[str], attribute: int
) -> Bools:
    """Choose the rows to fit an attribute to, without sources and near-duplicates of them.

    Args:
        design: The arrays of the corpus.
        examples: The rows of `design`.
        sources: Those to leave out.
        attribute: Its number in ATTRIBUTES.

    Returns:
        True for the rows to train on, shape (rows,).
    """
    left_out = np.isin([example.source for example in examples], sources)
    near_duplicates = np.isin(design.groups, design.groups[left_out])
    return design.training_rows(attribute, without=HELD_OUT) & ~near_duplicates


def leave_one_video_out(
    design: DesignMatrix, raw: Floats, examples: Sequence[Example]
) -> dict[str, float]:
    """Measure spam among the YouTube comments.

    Args:
        design: The arrays of the corpus.
        raw: Raw scores of spam, each by a model that saw the other videos only, shape (rows,).
        examples: The rows of `design`.

    Returns:
        Figures of the comments, the accuracy by a curve through the other videos.
    """
    rows: Bools = np.array([bool(example.group) for example in examples])
    videos = np.array([example.group for example in examples])[rows]
    return _accuracy_figures(raw[rows], design.labels[rows, _SPAM], videos)


def text_messages(design: DesignMatrix, examples: Sequence[Example], seed: int) -> dict[str, float]:
    """Measure spam among SMS in folds, near-duplicates kept together.

    Args:
        design: The arrays of the corpus.
        examples: The rows of `design`.
        seed: Of the folds and the fits.

    Returns:
        Figures of the messages, each scored by a model that saw the other folds.
    """
    rows = _originals(examples, ("sms_spam",))
    raw, folds = _in_folds(design, rows, _SPAM, seed)
    return _accuracy_figures(raw[rows], design.labels[rows, _SPAM], folds[rows])


def news_in_folds(design: DesignMatrix, examples: Sequence[Example], seed: int) -> dict[str, float]:
    """Measure toxicity of news comments in folds; parts of one comment stay together.

    Args:
        design: The arrays of the corpus.
        examples: The rows of `design`.
        seed: Of the folds and the fits.

    Returns:
        Figures of the comments, each scored by a model that saw the other folds.
    """
    rows = _originals(examples, DOMAINS["news"][1])
    raw, _ = _in_folds(design, rows, _TOXICITY, seed)
    return _ranking_figures(raw[rows], design.labels[rows, _TOXICITY])


def _in_folds(design: DesignMatrix, rows: Bools, attribute: int, seed: int) -> tuple[Floats, Ints]:
    """Raw scores of these rows, each by a model that has seen no near-duplicate, and its fold."""
    chosen = np.random.default_rng(seed).integers(0, FOLDS, size=len(design.groups))
    folds = np.where(rows, chosen[design.groups], -1)
    raw = np.zeros(len(folds))
    for fold in range(FOLDS):
        unseen = folds == fold
        near_duplicates = np.isin(design.groups, design.groups[unseen])
        training = design.training_rows(attribute, without=HELD_OUT) & ~near_duplicates
        raw[unseen] = design.fit(training, attribute, seed).raw(design.features[unseen])
    return raw, folds


def _originals(examples: Sequence[Example], sources: Sequence[str]) -> Bools:
    """The rows of these sources, without obfuscated copies."""
    return np.array([example.source in sources and not example.obfuscated for example in examples])


def _ranking_figures(raw: Floats, labels: Floats) -> dict[str, float]:
    figures = asdict(measure(labels, probabilities(raw)))
    return {name: figures[name] for name in ("rows", "roc_auc", "average_precision")}


def _accuracy_figures(raw: Floats, labels: Floats, parts: NDArray[Any]) -> dict[str, float]:
    """Figures of raw scores; the accuracy of each part by the curve through the other parts."""
    right = sum(_count_right(raw, labels, parts == part) for part in np.unique(parts))
    roc_auc = measure(labels, probabilities(raw)).roc_auc
    return {
        "rows": len(labels),
        "roc_auc": roc_auc,
        "accuracy": four_decimals(right / len(labels)),
    }


def _count_right(raw: Floats, labels: Floats, part: Bools) -> int:
    """How many rows of the part are on the right side of 0.5, by the curve through the others."""
    curve = fit_calibration(raw[~part], labels[~part], np.ones((~part).sum()))
    return int(((curve.probabilities(raw[part]) >= _EVEN) == labels[part]).sum())
