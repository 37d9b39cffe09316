"""The mix of comments that thresholds are chosen on: like comments under articles."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.datasets.everyday import kind_of
from models.datasets.examples import Example
from models.features.array_types import Bools, Floats
from models.serving.attributes import ATTRIBUTES

WIKIPEDIA, TOXIC_WIKIPEDIA = "wikipedia", "wikipedia_toxic"
# What a site gets, by our estimate, in comments of a thousand: there is no measured mix of all
# sites. Within a kind every comment counts alike.
ORDINARY = {
    "ord_reddit": 220,
    "ord_youtube": 180,
    "ord_blog": 90,
    "ord_forum": 80,
    "ord_reviews": 80,
    "ord_tweets": 60,
    WIKIPEDIA: 60,
    "ord_chat": 50,
    "ord_dev": 40,
    "ord_swear": 10,
    "hard_negative": 40,
    "counter": 10,
}
HARMFUL = {
    "harm_implicit": 12,
    TOXIC_WIKIPEDIA: 12,
    "harm_dyna": 6,
    "harm_sbic": 6,
    "harm_directed": 4,
    "harm_explicit": 4,
    "harm_misogyny": 3,
    "harm_stormfront": 3,
    "harm_gbv": 2,
}
ADVERTS = {"spam_blog": 14, "spam_seo": 14}
MIX = ORDINARY | HARMFUL | ADVERTS


@dataclass(frozen=True)
class PlaceMix:
    """The rows of the mix.

    Attributes:
        ordinary: What each row weighs among ordinary comments, 0 for others, shape (rows,).
        harmful: The same among harmful comments and spam, shape (rows,).
        labels: 1, 0, or NaN where unknown, shape (rows, attributes).
    """

    ordinary: Floats
    harmful: Floats
    labels: Floats

    @property
    def weights(self) -> Floats:
        """What each row weighs in the whole mix, shape (rows,)."""
        return self.ordinary + self.harmful


def mix_kind(example: Example) -> str:
    """Return the kind of MIX that an example is of, or another text where it is of none."""
    if example.unbiased_sample:
        return TOXIC_WIKIPEDIA if 1.0 in example.labels[: ATTRIBUTES.index("spam")] else WIKIPEDIA
    return kind_of(example.source)


def place_mix(examples: Sequence[Example], chosen: Bools, labels: Floats) -> PlaceMix:
    """Weigh rows so that each kind has its share in MIX.

    Args:
        examples: The corpus.
        chosen: The rows to take, shape (examples,).
        labels: 1, 0, or NaN where unknown, shape (examples, attributes).

    Returns:
        The mix; kinds without a row are missing from it.
    """
    kinds = np.array([mix_kind(example) for example in examples])
    shares = np.zeros(len(kinds))
    for kind, share in MIX.items():
        rows = chosen & (kinds == kind)
        shares[rows] = share / max(rows.sum(), 1)
    is_ordinary = np.isin(kinds, list(ORDINARY))
    return PlaceMix(np.where(is_ordinary, shares, 0), np.where(is_ordinary, 0, shares), labels)
