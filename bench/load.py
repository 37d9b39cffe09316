"""The client: a process of its own that keeps every connection busy, and says what it cost."""

import multiprocessing
import selectors
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from bench.problem import NotMeasured
from bench.wire import Answer, Connection

_PATIENCE = 30.0  # seconds without any answer

Given = TypeVar("Given")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Load:
    """Requests sent in turn, round and round, for so many seconds or until `most` are sent."""

    who: str
    port: int
    requests: Sequence[bytes]
    expected: int  # the status an answer must have
    connections: int
    seconds: float
    most: int = 10**9


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back. `client_share` is the client's own processor time, 1 being one core."""

    number: int
    began: float  # time.monotonic() at the first request
    ended: float  # and at the last answer
    client_share: float

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return self.number / (self.ended - self.began)


def drive(load: Load) -> Answered:
    """Run the load in a process of its own. Raises NotMeasured for an answer not as expected."""
    return apart(load.who, _drive, load)


def apart(who: str, work: Callable[[Given], Found], given: Given) -> Found:
    """Call `work` in a process of its own. Raises NotMeasured."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        try:
            return process.submit(work, given).result()
        except (OSError, ValueError) as error:
            sentence = f"{who} could not be measured: {error}"
            raise NotMeasured(sentence) from error


def _drive(load: Load) -> Answered:
    client = _Client(load)
    began, cost = time.monotonic(), time.process_time()
    client.run(until=began + load.seconds)
    ended = time.monotonic()
    share = (time.process_time() - cost) / (ended - began)
    return Answered(client.answered, began, ended, share)


class _Client:
    def __init__(self, load: Load) -> None:
        self._load = load
        self._selector = selectors.DefaultSelector()
        self._sent = 0
        self.answered = 0
        for _ in range(load.connections):
            self._selector.register(Connection(load.port), selectors.EVENT_READ)

    def run(self, until: float) -> None:
        """Send as long as it is time, then wait for what is still on its way."""
        for connection in self._connections():
            self._send_or_close(connection, until)
        while waiting := self._selector.get_map():
            ready = self._selector.select(_PATIENCE)
            if not ready:
                sentence = f"{len(waiting)} requests without an answer for {_PATIENCE:.0f} seconds"
                raise TimeoutError(sentence)
            for key, _ in ready:
                self._receive(_connection(key), until)

    def _connections(self) -> list[Connection]:
        return [_connection(key) for key in self._selector.get_map().values()]

    def _receive(self, connection: Connection, until: float) -> None:
        answer = connection.receive()
        if answer is None:
            return
        self._check(answer)
        self.answered += 1
        if not answer.stays:
            self._selector.unregister(connection)
            connection.reopen()
            self._selector.register(connection, selectors.EVENT_READ)
        self._send_or_close(connection, until)

    def _check(self, answer: Answer) -> None:
        if answer.status != self._load.expected:
            sentence = f"status {answer.status}, not {self._load.expected}: {answer.body[:200]!r}"
            raise ValueError(sentence)

    def _send_or_close(self, connection: Connection, until: float) -> None:
        if self._sent < self._load.most and time.monotonic() < until:
            connection.send(self._load.requests[self._sent % len(self._load.requests)])
            self._sent += 1
            return
        self._selector.unregister(connection)
        connection.close()


def _connection(key: selectors.SelectorKey) -> Connection:
    if not isinstance(key.fileobj, Connection):
        raise TypeError(key.fileobj)
    return key.fileobj
