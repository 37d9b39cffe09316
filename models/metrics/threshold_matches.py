"""Thresholds at which scores hold as another service held: as many, as precisely, or as completely.

What is held whatever the threshold is has the score NEVER, which every threshold is at most.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.features.array_types import Floats
from models.metrics.bootstrap import Rows, row_interval
from models.metrics.curves import NEVER
from models.metrics.threshold_outcomes import wilson_interval

Flags = NDArray[np.bool_]
_DIGITS = 1e6  # a threshold is rounded down to six decimals, so that it still holds its own comment


@dataclass(frozen=True)
class Share:
    """A share of some comments.

    Attributes:
        count: How many of them.
        of: How many there are, at least one.
        value: From 0 to 1.
        interval: Of the share, two-sided 95 % (Wilson 1927).
    """

    count: int
    of: int
    value: float
    interval: tuple[float, float]


@dataclass(frozen=True)
class Holding:
    """What a service holds.

    Attributes:
        held: The share of all comments that it holds.
        precision: The share of the held ones that are positive; None without labels of them.
        recall: The share of the positives that it holds; None where no label is positive.
    """

    held: Share
    precision: Share | None
    recall: Share | None


@dataclass(frozen=True)
class Match:
    """A threshold that holds as the other service did.

    Attributes:
        same: What is the same: `share`, `precision` or `recall`.
        threshold: From 0 to 1; NEVER where the fewest are held without one; None: there is none.
        interval: Of the threshold, the middle 95 % over resamples of the comments.
        holding: What it holds.
    """

    same: str
    threshold: float | None
    interval: tuple[float, float] | None
    holding: Holding | None


def holding(held: Flags, labels: Floats) -> Holding:
    """Count what is held.

    Args:
        held: Whether each comment is, shape (rows,), at least one row.
        labels: 1, 0, or NaN where unknown, shape (rows,).

    Returns:
        The shares; precision and recall are of the comments with a label.
    """
    positive, hits = labels == 1, int((held & (labels == 1)).sum())
    return Holding(
        _share(int(held.sum()), len(held)),
        _share_or_none(hits, int((held & ~np.isnan(labels)).sum())),
        _share_or_none(hits, int(positive.sum())),
    )


def matches(held: Flags, labels: Floats, scores: Floats) -> list[Match]:
    """Find the thresholds that hold the same share, with the same precision, with the same recall.

    Args:
        held: Whether the other service held each comment; some are, some are not. Shape (rows,).
        labels: 1, 0, or NaN where unknown, shape (rows,).
        scores: From 0 to 1, or NEVER for what is held anyway, shape (rows,).

    Returns:
        The match of the share; with labels of both kinds also those of precision and recall.
    """
    matched = [_match("share", lambda rows: _same_share(held[rows], scores[rows]), labels, scores)]
    known = np.flatnonzero(~np.isnan(labels))
    if not 0 < labels[known].sum() < len(known):
        return matched
    for name, same in (("precision", _same_precision), ("recall", _same_recall)):
        figure = _of_labelled(same, held, labels, scores)
        matched.append(_match(name, figure, labels, scores))
    return matched


def _of_labelled(
    same: Callable[[Flags, Floats, Floats], float | None],
    held: Flags,
    labels: Floats,
    scores: Floats,
) -> Callable[[Rows], float | None]:
    def figure(rows: Rows) -> float | None:
        known = rows[~np.isnan(labels[rows])]
        return same(held[known], labels[known], scores[known])

    return figure


def _match(
    same: str, figure: Callable[[Rows], float | None], labels: Floats, scores: Floats
) -> Match:
    threshold = figure(np.arange(len(scores)))
    if threshold is None:
        return Match(same, None, None, None)
    threshold = float(np.floor(threshold * _DIGITS) / _DIGITS)
    interval = row_interval(figure, len(scores), seed=1)
    return Match(same, threshold, interval, holding(scores >= threshold, labels))


def _same_share(held: Flags, scores: Floats) -> float:
    """The threshold whose number of comments is nearest; of two the higher one."""
    limits = _limits(scores)
    return float(limits[np.argmin(np.abs(_from(limits, scores) - held.sum()))])


def _same_precision(held: Flags, labels: Floats, scores: Floats) -> float | None:
    """The lowest threshold that is at least as precise; None where there is none."""
    limits, hits = _limits(scores), (held & (labels == 1)).sum()
    counts, positives = _from(limits, scores), _from(limits, scores[labels == 1])
    precise = np.flatnonzero((counts > 0) & (positives * held.sum() >= hits * counts))
    return float(limits[precise[-1]]) if len(precise) and held.any() else None


def _same_recall(held: Flags, labels: Floats, scores: Floats) -> float | None:
    """The highest threshold that holds at least as many positives; None where there are none."""
    limits, hits = _limits(scores), (held & (labels == 1)).sum()
    positives = _from(limits, scores[labels == 1])
    return float(limits[np.argmax(positives >= hits)]) if (labels == 1).any() else None


def _limits(scores: Floats) -> Floats:
    """All thresholds that make a difference, the highest first."""
    return np.unique(np.append(scores, NEVER))[::-1]


def _from(limits: Floats, scores: Floats) -> NDArray[np.int64]:
    """For each threshold how many scores reach it."""
    return len(scores) - np.searchsorted(np.sort(scores), limits)


def _share_or_none(count: int, of: int) -> Share | None:
    return _share(count, of) if of else None


def _share(count: int, of: int) -> Share:
    return Share(count, of, count / of, wilson_interval(count, of))
