"""How many comments are taken, decided and shown a second. All systems take turns."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Event, Thread

from bench.beside.floors import Floor, Floors
from bench.load import Answered, Load, drive
from bench.memory import Peak
from bench.problem import NotMeasured
from bench.system import COMMENTS, System
from bench.texts import texts
from bench.wire import ask

_READ = "/articles/harbour"
WRITTEN = "/articles/bridge"
_FILL_SECONDS = 300.0
_MOST_A_SECOND = 5_000  # submissions
_FILLS = 5
_EACH_SECOND = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How long each load lasts, how often it is repeated, over how many connections.

    `backlog` is how many comments wait for a worker that starts.
    """

    seconds: float
    repeats: int
    connections: int
    backlog: int


@dataclass(slots=True)
class Turns:
    """What was found of one system, a value for each turn. `client` is the client's own share."""

    accepted: list[float] = field(default_factory=list)
    decided: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    client: list[float] = field(default_factory=list)
    web: Peak = field(default_factory=Peak)


class Rates:
    """Loads one system at a time."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._written = 0
        self.turns: defaultdict[str, Turns] = defaultdict(Turns)
        self.floors: defaultdict[Floor, list[float]] = defaultdict(list)

    def fill(self, system: System) -> None:
        """Put COMMENTS comments that readers see under the page that is read."""
        for page in (_READ, WRITTEN):  # alone: two first comments at once are too much for Isso
            ask(system.port, system.submissions(page, self._texts(1))[0])
        system.settle()
        for _ in range(_FILLS):
            if missing := COMMENTS - system.count(_READ):
                self.submit(system, _READ, _FILL_SECONDS, most=missing)
                system.settle()
        if (shown := system.count(_READ)) != COMMENTS:
            sentence = f"{system.name} shows {shown} comments where {COMMENTS} were to be shown"
            raise NotMeasured(sentence)

    def take_turn(self, systems: Sequence[System], floors: Floors, turn: int) -> None:
        """Every measure once. Who comes first changes from turn to turn."""
        for system in systems if turn % 2 else systems[::-1]:
            with self.turns[system.name].web.watch(system.web_memory):
                self._accept(system)
                self._read(system)
        for floor in Floor:
            rate = floors.rate(floor, self.plan.seconds, self.plan.connections)
            self.floors[floor].append(rate)

    def submit(self, system: System, page: str, seconds: float, most: int = 10**9) -> Answered:
        """Submit comments to a page; every one must be accepted."""
        number = min(most, round(_MOST_A_SECOND * seconds))
        requests = system.submissions(page, self._texts(number))
        return self._drive(system, requests, system.accepted, seconds, most)

    def _accept(self, system: System) -> None:
        answered = self.submit(system, WRITTEN, self.plan.seconds)
        system.settle()
        seconds = time.monotonic() - answered.began
        self.turns[system.name].accepted.append(answered.per_second)
        self.turns[system.name].decided.append(answered.number / seconds)

    def _texts(self, number: int) -> Sequence[str]:
        """So many that nobody has sent yet: who sends one again gets the answer of the first."""
        self._written += number
        return texts(number, self._written - number)

    def _read(self, system: System) -> None:
        """The first page, again and again, while it gets a comment each second."""
        with _written(system, self._texts(round(_FILL_SECONDS))):
            shown = self._drive(
                system, [system.first_page(_READ)], HTTPStatus.OK, self.plan.seconds
            )
        self.turns[system.name].pages.append(shown.per_second)

    def _drive(
        self,
        system: System,
        requests: Sequence[bytes],
        expected: int,
        seconds: float,
        most: int = 10**9,
    ) -> Answered:
        load = Load(
            system.name, system.port, requests, expected, self.plan.connections, seconds, most
        )
        answered = drive(load)
        self.turns[system.name].client.append(answered.client_share)
        return answered


@contextmanager
def _written(system: System, comments: Sequence[str]) -> Iterator[None]:
    """A comment each second on the page that is read, from now until the block ends."""
    over, requests = Event(), system.submissions(_READ, comments)
    thread = Thread(target=_write, args=(system, requests, over))
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _write(system: System, requests: Sequence[bytes], over: Event) -> None:
    for request in requests:
        ask(system.port, request)
        if over.wait(_EACH_SECOND):
            return
