"""Two moderators who decide the same card at the same moment, the one so, the other so."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus

from bench.problem import NotMeasured
from bench.queue.moderator import Moderator

_CARD = re.compile(r'<article class="card"[^>]* data-id="([^"]+)"')
_VERSION = "2"  # of a comment that only the policy has decided
_ONE_EACH = [HTTPStatus.OK, HTTPStatus.CONFLICT]


@dataclass(frozen=True, slots=True)
class Races:
    """Of so many pairs, how many had one winner, and a loser who was told."""

    pairs: int
    decided_once: int


def race(first: Moderator, second: Moderator, pairs: int) -> Races:
    """Raises NotMeasured where fewer comments wait."""
    outcomes: Counter[bool] = Counter()
    with ThreadPoolExecutor(2) as both:
        while (left := pairs - outcomes.total()) > 0:
            ids = _CARD.findall(first.get("/moderate?order=oldest").text)[:left]
            if not ids:
                sentence = f"{left} pairs of decisions are left, and no comment waits"
                raise NotMeasured(sentence)
            for comment_id in ids:
                approved = both.submit(_decide, first, comment_id, "approve")
                rejected = both.submit(_decide, second, comment_id, "reject")
                outcomes[sorted((approved.result(), rejected.result())) == _ONE_EACH] += 1
    return Races(pairs, outcomes[True])


def _decide(moderator: Moderator, comment_id: str, action: str) -> int:
    path = f"/moderate/comments/{comment_id}/{action}"
    return moderator.post(path, version=_VERSION).status
