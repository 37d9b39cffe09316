"""How many comments are taken, decided and shown a second. The two systems take turns."""

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from bench.isso import Isso
from bench.load import Answered, Load, drive
from bench.memory import Peak
from bench.parley import Parley
from bench.problem import NotMeasured
from bench.system import COMMENTS, System
from bench.texts import texts
from bench.wire import ask

_READ = "/articles/harbour"
WRITTEN = "/articles/bridge"
_TEXTS = texts(4_000)
_FILL_SECONDS = 300.0
_FILLS = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """How long each load lasts, how often it is repeated, over how many connections."""

    seconds: float
    repeats: int
    connections: int


@dataclass(slots=True)
class Turns:
    """What was found of one system, a value for each turn. `client` is the client's own share."""

    accepted: list[float] = field(default_factory=list)
    decided: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    everything: list[float] = field(default_factory=list)
    client: list[float] = field(default_factory=list)
    web: Peak = field(default_factory=Peak)


class Rates:
    """Loads one system at a time."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.turns: defaultdict[str, Turns] = defaultdict(Turns)

    def fill(self, system: System) -> None:
        """Put COMMENTS comments that readers see under the page that is read."""
        for page in (_READ, WRITTEN):  # alone: two first comments at once are too much for Isso
            ask(system.port, system.submissions(page, _TEXTS[:1])[0])
        system.settle()
        for _ in range(_FILLS):
            if missing := COMMENTS - system.count(_READ):
                self.submit(system, _READ, _FILL_SECONDS, most=missing)
                system.settle()
        if (shown := system.count(_READ)) != COMMENTS:
            sentence = f"{system.name} shows {shown} comments where {COMMENTS} were to be shown"
            raise NotMeasured(sentence)

    def take_turn(self, parley: Parley, isso: Isso, turn: int) -> None:
        """Every measure once. Who comes first changes from turn to turn."""
        systems: tuple[System, System] = (isso, parley)
        for system in systems if turn % 2 else systems[::-1]:
            with self.turns[system.name].web.watch(system.web_memory):
                self._accept(system)
                self.turns[system.name].pages.append(self._read(system, system.first_page(_READ)))
        self.turns[isso.name].everything.append(self._read(isso, isso.all_comments(_READ)))

    def submit(self, system: System, page: str, seconds: float, most: int = 10**9) -> Answered:
        """Submit comments to a page; every one must be accepted."""
        requests = system.submissions(page, _TEXTS)
        return self._drive(system, requests, system.accepted, seconds, most)

    def _accept(self, system: System) -> None:
        answered = self.submit(system, WRITTEN, self._plan.seconds)
        system.settle()
        seconds = time.monotonic() - answered.began
        self.turns[system.name].accepted.append(answered.per_second)
        self.turns[system.name].decided.append(answered.number / seconds)

    def _read(self, system: System, request: bytes) -> float:
        return self._drive(system, [request], HTTPStatus.OK, self._plan.seconds).per_second

    def _drive(
        self,
        system: System,
        requests: Sequence[bytes],
        expected: int,
        seconds: float,
        most: int = 10**9,
    ) -> Answered:
        load = Load(
            system.name, system.port, requests, expected, self._plan.connections, seconds, most
        )
        answered = drive(load)
        self.turns[system.name].client.append(answered.client_share)
        return answered
