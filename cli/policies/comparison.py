"""What another service held beside what Parley's scores would hold."""

from dataclasses import dataclass

import numpy as np

from models.datasets.old_service_file import OldService
from models.features.array_types import Floats
from models.metrics.curves import NEVER
from models.metrics.rank_gaps import RankGaps, rank_gaps
from models.metrics.threshold_matches import Holding, Match, holding, matches

_STEPS = np.round(np.linspace(0.05, 0.95, 19), 2)


@dataclass(frozen=True)
class Question:
    """What is compared: the scores of an attribute, or all that a site holds."""

    attribute: str
    site_name: str | None


@dataclass(frozen=True)
class Comparison:
    """Both services on the same comments; `scores` are NEVER where a site holds anyway."""

    question: Question
    old: OldService
    old_holding: Holding
    scores: Floats
    matched: list[Match]
    steps: list[tuple[float, Holding]]
    gaps: RankGaps

    @property
    def anyway(self) -> int:
        """How many comments the site holds whatever its threshold of toxicity is."""
        return int((self.scores >= NEVER).sum())


def compare(question: Question, old: OldService, scores: Floats) -> Comparison:
    held, labels, opinions = np.array(old.held), np.array(old.labels), np.array(old.opinions)
    matched = matches(held, labels, scores)
    same_share = scores >= float(matched[0].threshold or 0)
    return Comparison(
        question,
        old,
        holding(held, labels),
        scores,
        matched,
        [(limit, holding(scores >= limit, labels)) for limit in _STEPS.tolist()],
        rank_gaps(opinions, scores, held_first=held, held_second=same_share),
    )
