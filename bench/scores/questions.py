"""Requests that ask for scores, and how long each waits at a steady pace."""

import time
from dataclasses import dataclass
from http import HTTPStatus

from bench.wire import Connection

PACE = 50  # questions a second


@dataclass(frozen=True, slots=True)
class Stream:
    """Questions that are due one after the other, at PACE."""

    port: int
    requests: list[bytes]


def waits(stream: Stream) -> list[float]:
    """Milliseconds from when each question was due until its answer was there.

    Due, not sent: where a server cannot keep the pace, what had to queue counts as waiting.

    Raises:
        ValueError: An answer is none of scores.
    """
    connection, measured, began = Connection(stream.port), [], time.monotonic()
    for number, request in enumerate(stream.requests):
        due = began + number / PACE
        time.sleep(max(0.0, due - time.monotonic()))
        answer = connection.exchange(request)
        if answer.status != HTTPStatus.OK:
            sentence = f"status {answer.status}, not 200: {answer.body[:200]!r}"
            raise ValueError(sentence)
        measured.append((time.monotonic() - due) * 1000)
    return measured
