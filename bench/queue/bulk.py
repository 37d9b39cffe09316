"""Deciding very many comments at once, while readers go on submitting."""

import html
import re
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Event

from bench.parley import Parley
from bench.problem import NotMeasured
from bench.queue.moderator import Moderator
from bench.texts import texts
from bench.wire import Connection

NUMBER = 10_000  # comments in the bulk
PACE = 50  # submissions a second
_READERS = 10  # who submit them, each waiting for the own answer
_FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
_COUNT = re.compile(r"<h1[^>]*>Approve ([0-9,]+) comments")


@dataclass(frozen=True, slots=True)
class Bulk:
    """How long the bulk took, and how long submissions took meanwhile."""

    seconds: float  # for each NUMBER comments
    submit_p99: float  # milliseconds


@dataclass(slots=True)
class _Submitted:
    milliseconds: list[float] = field(default_factory=list)
    problem: str = ""


def decide_very_many(moderator: Moderator, parley: Parley, waiting: int) -> Bulk:
    """Approve about NUMBER of the waiting comments, by their scores. Raises NotMeasured."""
    low = 0.05
    high = low + 0.94 * min(1.0, NUMBER / waiting)
    where = f"to=approved&status=flagged&attribute=toxicity&low={low}&high={high:.4f}"
    page = moderator.get(f"/moderate/bulk?{where}").text
    count, fields = _COUNT.search(page), dict(_FIELD.findall(page))
    if count is None:
        sentence = "the dry run does not say how many comments it means"
        raise NotMeasured(sentence)
    number = int(count[1].replace(",", ""))
    fields = {name: html.unescape(value) for name, value in fields.items()}
    with _submitting(parley) as submitted:
        done = moderator.post("/moderate/bulk", **fields)
    if done.status != HTTPStatus.OK or submitted.problem:
        sentence = submitted.problem or f"the bulk answered {done.status}"
        raise NotMeasured(sentence)
    cuts = statistics.quantiles(submitted.milliseconds, n=100, method="inclusive")
    return Bulk(done.milliseconds / 1000 * NUMBER / number, cuts[98])


@contextmanager
def _submitting(parley: Parley) -> Iterator[_Submitted]:
    submitted, over = _Submitted(), Event()
    requests = parley.submissions("/articles/bulk", texts(_READERS * 500))
    with ThreadPoolExecutor(_READERS) as readers:
        for first in range(_READERS):
            readers.submit(_submit, parley, requests[first::_READERS], submitted, over)
        try:
            yield submitted
        finally:
            over.set()


def _submit(parley: Parley, requests: list[bytes], submitted: _Submitted, over: Event) -> None:
    """One at a time; what is due while another waits counts from when it was due."""
    connection, began = Connection(parley.port), time.perf_counter()
    for number, request in enumerate(requests):
        due = began + number * _READERS / PACE
        if over.wait(max(0.0, due - time.perf_counter())):
            break
        answer = connection.exchange(request)
        if answer.status != parley.accepted:
            submitted.problem = f"a submission answered {answer.status}"
            break
        submitted.milliseconds.append((time.perf_counter() - due) * 1000)
    connection.close()
