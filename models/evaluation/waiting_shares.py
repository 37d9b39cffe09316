"""How many everyday comments wait, by kind: held out, and of sources that were left out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from models.datasets.everyday import ORDINARY, SWEARING, kind_of
from models.datasets.examples import Example
from models.evaluation.out_of_domain import rows_without
from models.evaluation.score_arrays import score_column
from models.features.array_types import Bools, Floats
from models.fitting.design_matrix import DesignMatrix
from models.fitting.flag_thresholds import reaches_any
from models.fitting.folds import HELD_OUT
from models.fitting.setting_thresholds import HELD
from models.fitting.stacking import StackingWeights, swearing_of
from models.metrics.summary import four_decimals
from models.serving.artefact import Manifest
from models.serving.attributes import ATTRIBUTES
from models.serving.calibration import Calibration
from models.serving.classifier import Classifier

# A place of each kind to leave out of the training; what is learned from the others must do.
LEFT_OUT = (
    "ord_youtube/yt_adhish78",
    "ord_reviews/vader_amazon",
    "ord_forum/politeness_pse",
    "ord_blog/blog_networkhobo",
    "hard_negative/stormfront",
    "harm_stormfront/stormfront",
    "harm_gbv/gbv",
)
SHORT = 25  # characters
_Settings = Mapping[str, Mapping[str, Any]]


def everyday_figures(
    classifier: Classifier, settings: _Settings, examples: Sequence[Example], design: DesignMatrix
) -> dict[str, Any]:
    """Measure the shares of held-out comments that wait.

    Args:
        classifier: As it will be served.
        settings: Thresholds by the setting's name.
        examples: The corpus.
        design: The arrays of the corpus.

    Returns:
        By kind the number of rows, and the share that waits in each setting.
    """
    held_out = design.folds == HELD_OUT
    rows = [row for row in np.flatnonzero(held_out).tolist() if kind_of(examples[row].source)]
    scores = classifier.score([examples[row].text for row in rows])
    columns = np.column_stack([score_column(scores, name) for name in ATTRIBUTES])
    return dict(_by_kind([examples[row] for row in rows], columns, settings))


def unseen_sources(
    manifest: Manifest,
    stacking: Sequence[StackingWeights],
    examples: Sequence[Example],
    design: DesignMatrix,
) -> dict[str, Any]:
    """Measure the same of LEFT_OUT by models that were trained without these sources.

    Args:
        manifest: Calibration, settings and seed of the finished model.
        stacking: What each attribute's score is made of.
        examples: The corpus.
        design: The arrays of the corpus.
    """
    rows = np.array([example.source in LEFT_OUT for example in examples])
    models = [
        design.fit(rows_without(design, examples, LEFT_OUT, number), number, manifest["seed"])
        for number in range(len(ATTRIBUTES))
    ]
    features = design.features[rows]
    raw = np.column_stack([model.raw(features) for model in models])
    swearing = swearing_of(features)
    curves = [Calibration(**manifest["calibration"][name]) for name in ATTRIBUTES]
    columns = [
        curve.probabilities(weights.raw(raw, swearing))
        for curve, weights in zip(curves, stacking, strict=True)
    ]
    chosen = [examples[row] for row in np.flatnonzero(rows).tolist()]
    return dict(_by_kind(chosen, np.column_stack(columns), manifest["settings"]))


def _by_kind(
    examples: Sequence[Example], scores: Floats, settings: _Settings
) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, rows in _kinds(examples):
        shares = {name: _waiting(scores[rows], settings[name]) for name in HELD}
        yield kind, {"rows": int(rows.sum()), **shares}


def _kinds(examples: Sequence[Example]) -> Iterator[tuple[str, Bools]]:
    """The rows of each kind, of ordinary ones together, and of the short ones among them."""
    kinds = np.array([kind_of(example.source) for example in examples], dtype=np.str_)
    ordinary = np.char.startswith(kinds, ORDINARY) & (kinds != SWEARING)
    short = np.array([len(example.text) < SHORT for example in examples], dtype=np.bool_)
    together = {
        "ordinary": ordinary,
        "ordinary, short": ordinary & short,
        "harm": np.char.startswith(kinds, "harm_"),
    }
    for kind in np.unique(kinds):
        together[str(kind)] = kinds == kind
    yield from ((kind, rows) for kind, rows in together.items() if rows.any())


def _waiting(scores: Floats, setting: Mapping[str, Any]) -> float:
    flags = [setting["thresholds"][name]["flag"] for name in ATTRIBUTES]
    return four_decimals(np.mean(reaches_any(scores, flags)))
