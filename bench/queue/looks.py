"""How long the first cards take in each order, and what is searched for."""

from collections.abc import Sequence

from bench.queue.filled import SITE
from bench.queue.moderator import Moderator
from bench.queue.words import word
from moderation.storage.review.queue_orders import QueueOrder

_TIMES = 5

# From a word of nearly every comment to one of a few, what no comment has, and what stands beside.
_SEARCHES = (
    *(f"text={word(rank)}" for rank in (0, 10, 100, 1_000, 10_000)),
    f"text={word(0)}+{word(5_000)}",
    f"text={word(3)}+{word(4)}&status=flagged",
    f"text={word(2_000)}&status=rejected",
    "text=nowheretobefound",
    "name=Reader+77",
    "page=/articles/500",
    "status=flagged&attribute=toxicity&low=0.98&high=1",
    f"site={SITE}&status=approved&older=30",
)


def first_cards(moderator: Moderator) -> list[float]:
    """Milliseconds of the page of the first cards, each order several times."""
    return _milliseconds(moderator, [f"/moderate?order={order}" for order in QueueOrder])


def searches(moderator: Moderator) -> list[float]:
    """Milliseconds of each search, several times, the first time with nothing read yet."""
    return _milliseconds(moderator, [f"/moderate/comments?{search}" for search in _SEARCHES])


def _milliseconds(moderator: Moderator, paths: Sequence[str]) -> list[float]:
    return [moderator.get(path).milliseconds for _ in range(_TIMES) for path in paths]
