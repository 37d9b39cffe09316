"""Choose the thresholds of the three named settings on the mix of comments under articles."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import product

import numpy as np

from models.features.array_types import Bools, Floats
from models.fitting.flag_thresholds import reaches_any
from models.fitting.operating_points import PRECISION
from models.fitting.place_mix import PlaceMix
from models.metrics.summary import four_decimals
from models.serving.artefact import Manifest
from models.serving.attributes import ATTRIBUTES
from models.serving.named_settings import BALANCED, Thresholds

# Of the ordinary comments, how many may wait.
HELD = {"careful": 0.08, BALANCED: 0.045, "relaxed": 0.02}
# Of those that wait, the shares that spam and attacks on groups may hold; toxicity holds the rest.
# Flags of the other attributes catch nothing more at the same share held, as was measured. A larger
# share for attacks on groups would catch more, and hold up one in nine that plainly names a group.
_SPAM_SHARES, _GROUP_SHARES = (0.1, 0.15, 0.2), (0.0, 0.1, 0.4)
_STRICTER = (PRECISION, 0.96, 0.97, 0.98, 0.99)  # several attributes together err more than one
_FEWEST = 50  # comments that a precision is measured on
_TOXICITY, _GROUPS, _SPAM = map(ATTRIBUTES.index, ("toxicity", "identity_attack", "spam"))

METHOD = {
    "mix": "comments out of fold, weighed so that each kind has its share of comments under "
    "articles, by our estimate",
    "flag": "so low that of the ordinary comments of the mix no more wait than the setting allows; "
    "of the shares that spam, identity_attack and toxicity may hold, those that catch most; the "
    "other attributes never flag alone",
    "reject": f"the lowest score from which at least {PRECISION:.0%} of the comments of the mix "
    "are harmful or spam, for toxicity and spam together; null where no score reaches it, and for "
    "the other attributes, whose comments are toxic too",
}


def named_settings(scores: Floats, mix: PlaceMix) -> dict[str, Manifest]:
    """Choose and measure every setting.

    Args:
        scores: Probabilities out of fold, NaN where there is none, shape (rows, attributes).
        mix: The weights and labels of the rows, 0 where a row is not in it.

    Returns:
        Thresholds, held, caught and precision by the setting's name.
    """
    rejects = _likely(scores, mix)
    settings = {}
    for name, held in HELD.items():
        flags = max(_choices(scores, mix.ordinary, held), key=lambda f: _caught(scores, mix, f))
        limits = map(Thresholds, rejects, flags)
        thresholds = {
            attribute: asdict(limit) for attribute, limit in zip(ATTRIBUTES, limits, strict=True)
        }
        settings[name] = {"thresholds": thresholds, **_measured(scores, mix, flags, rejects)}
    return settings


def _choices(scores: Floats, ordinary: Floats, held: float) -> Iterator[list[float | None]]:
    """A flag for each attribute, for each way to part the share held among them."""
    for spam, groups in product(_SPAM_SHARES, _GROUP_SHARES):
        flags: list[float | None] = [None] * len(ATTRIBUTES)
        for column, share in ((_SPAM, spam), (_GROUPS, groups)):
            if share:
                flags[column] = _lowest_flag(scores[:, column], ordinary, held * share)
        unflagged = np.where(reaches_any(scores, flags), 0.0, ordinary)
        rest = held * ordinary.sum() - (ordinary.sum() - unflagged.sum())
        share = rest / max(unflagged.sum(), np.finfo(float).tiny)
        flags[_TOXICITY] = _lowest_flag(scores[:, _TOXICITY], unflagged, share)
        yield flags


def _caught(scores: Floats, mix: PlaceMix, flags: Sequence[float | None]) -> float:
    return float(mix.harmful[reaches_any(scores, flags)].sum())


def _lowest_flag(scores: Floats, weights: Floats, share: float) -> float:
    """The lowest score of a row from which no more than the share of the weights lies."""
    rows = np.flatnonzero(weights > 0)
    order = rows[np.argsort(-scores[rows], kind="stable")]
    within = np.flatnonzero(np.cumsum(weights[order]) <= share * weights.sum())
    return float(scores[order[within[-1]]]) if len(within) else 1.0


def _likely(scores: Floats, mix: PlaceMix) -> list[float | None]:
    """For each attribute the score from which a comment is likely to be rejected, if any is."""
    limits: list[float | None] = [None] * len(ATTRIBUTES)
    for precision in _STRICTER:
        for column in (_TOXICITY, _SPAM):
            limits[column] = _precise_from(scores[:, column], mix, precision)
        likely = reaches_any(scores, limits)
        if mix.harmful[likely].sum() >= PRECISION * mix.weights[likely].sum():
            break
    return limits


def _precise_from(scores: Floats, mix: PlaceMix, precision: float) -> float | None:
    """The lowest score from which so large a part of the mix is harmful."""
    rows = np.flatnonzero(mix.weights > 0)
    order = rows[np.argsort(-scores[rows], kind="stable")]
    harmful = np.cumsum(mix.harmful[order])
    precise = np.flatnonzero(harmful >= precision * np.cumsum(mix.weights[order]))
    return float(scores[order[precise[-1]]]) if len(precise) and precise[-1] >= _FEWEST else None


def _measured(
    scores: Floats, mix: PlaceMix, flags: Sequence[float | None], rejects: Sequence[float | None]
) -> dict[str, float | None]:
    flagged, likely = reaches_any(scores, flags), reaches_any(scores, rejects)
    return {
        "held": _share(flagged, mix.ordinary),
        "caught": _share(flagged, mix.harmful),
        "precision": _share(mix.harmful > 0, mix.weights * likely),
    }


def _share(rows: Bools, weights: Floats) -> float | None:
    whole = weights.sum()
    return four_decimals(weights[rows].sum() / whole) if whole else None
