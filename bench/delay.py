"""How long a comment waits for its decision, as its author sees it, at a steady pace."""

import dataclasses
import json
import statistics
import time
from collections import deque
from dataclasses import dataclass
from http import HTTPStatus

from bench.load import apart
from bench.parley import Parley, own_comment
from bench.rates import WRITTEN
from bench.texts import texts
from bench.wire import Connection

PACE = 50  # submissions a second
_LOOK = 0.010  # seconds between two looks at the same comment: as exact as this is
_DECIDE_SECONDS = 30.0
_FIRST = 10_000_000  # a text that no other load has sent


@dataclass(frozen=True, slots=True)
class Delay:
    """Milliseconds from when a submission is due until its author reads a decision.

    Due, not sent: where a server cannot keep the pace, what had to queue counts as waiting.
    """

    p50: float
    p99: float
    number: int


@dataclass(frozen=True, slots=True)
class _Stream:
    port: int
    requests: list[bytes]


@dataclass(frozen=True, slots=True)
class _Waiting:
    due: float
    own: bytes  # the request that reads it
    look_at: float


def delay(parley: Parley, seconds: float) -> Delay:
    """Submit at PACE for so many seconds. Raises NotMeasured."""
    requests = parley.submissions(WRITTEN, texts(round(PACE * seconds), _FIRST))
    waits = apart(parley.name, _waits, _Stream(parley.port, requests))
    cuts = statistics.quantiles(waits, n=100, method="inclusive")
    return Delay(cuts[49], cuts[98], len(waits))


def _waits(stream: _Stream) -> list[float]:
    """Milliseconds of each comment. Raises ValueError."""
    authors = _Authors(stream.port)
    began = time.monotonic()
    for number, request in enumerate(stream.requests):
        due = began + number / PACE
        authors.look_until(due)
        authors.submit(request, due)
    authors.look_until_decided()
    return authors.waits


class _Authors:
    def __init__(self, port: int) -> None:
        self._port = port
        self._connection = Connection(port)
        self._waiting: deque[_Waiting] = deque()  # by the time to look
        self.waits: list[float] = []

    def submit(self, request: bytes, due: float) -> None:
        """Leave one comment that was due at this moment."""
        receipt = self._ask(request, HTTPStatus.ACCEPTED)
        own = own_comment(self._port, receipt["id"], receipt["author_token"])
        self._waiting.append(_Waiting(due, own, time.monotonic() + _LOOK))

    def look_until(self, moment: float) -> None:
        """Read every waiting comment whenever it is time, until this moment."""
        while (now := time.monotonic()) < moment:
            due = self._waiting[0].look_at if self._waiting else moment
            if due <= now:
                self._look(self._waiting.popleft())
            else:
                time.sleep(min(due, moment) - now)

    def look_until_decided(self) -> None:
        """Read on until none waits. Raises ValueError."""
        until = time.monotonic() + _DECIDE_SECONDS
        while self._waiting:
            if time.monotonic() > until:
                sentence = f"{len(self._waiting)} comments undecided after {_DECIDE_SECONDS:.0f} s"
                raise ValueError(sentence)
            self.look_until(time.monotonic() + _LOOK)

    def _look(self, comment: _Waiting) -> None:
        status = self._ask(comment.own, HTTPStatus.OK)["status"]
        now = time.monotonic()
        if status == "pending":
            self._waiting.append(dataclasses.replace(comment, look_at=now + _LOOK))
        else:
            self.waits.append((now - comment.due) * 1000)

    def _ask(self, request: bytes, expected: int) -> dict[str, str]:
        answer = self._connection.exchange(request)
        if answer.status != expected:
            sentence = f"status {answer.status}, not {expected}: {answer.body[:200]!r}"
            raise ValueError(sentence)
        fields: dict[str, str] = json.loads(answer.body)
        return fields
