"""The whole run: start all of them, load them in turns, stop them."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.backlog import drained
from bench.beside.floors import Floor, Floors
from bench.beside.isso import Isso
from bench.beside.peer_file import PeerServer
from bench.delay import Delay, delay
from bench.memory import Peak, check_memory
from bench.parley import Parley
from bench.rates import Plan, Rates, Turns
from bench.restart import restarts
from bench.scoring import scored_per_second
from bench.system import System

_DELAY_SECONDS = 20.0  # a thousand comments, so that there is a 99th percentile

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that was found; a list has one value for each turn.

    Attributes:
        turns: What was found of each system, by its name; Parley's is one of them.
        floors: What the bare parts do a second.
        scored: Comments scored a second without anything else.
        drained: Comments decided a second from a backlog, by the number of workers.
        started: Seconds that each start after the first took.
        worker: The most memory that a worker took.
        storing: How durably each system stores.
        busy: The machine's load average before it began.
    """

    turns: Mapping[str, Turns]
    floors: Mapping[Floor, list[float]]
    scored: list[float]
    drained: Mapping[int, list[float]]
    delay: Delay
    started: list[float]
    worker: Peak
    storing: Mapping[str, str]
    busy: float


def measure(folder: Path, plan: Plan, peers: Sequence[Path], say: Say) -> Measured:
    """Raises NotMeasured."""
    others = [PeerServer(file) for file in peers]
    check_memory()
    folder.mkdir(parents=True, exist_ok=True)
    busy, _, _ = os.getloadavg()
    say("scoring without anything else")
    scored = [scored_per_second(plan.seconds) for _ in range(plan.repeats)]
    say("starting all of it again")
    started = restarts(folder, plan.repeats)
    with _running(folder, say) as (parley, isso, floors):
        rates, worker = Rates(plan), Peak()
        systems: list[System] = [*others, isso, parley]
        _take_turns(rates, systems, floors, parley, worker, say)
        say("submitting at a steady pace")
        waited = delay(parley, _DELAY_SECONDS)
        decided = {}
        for workers in (1, 2):
            say(f"deciding a backlog, workers: {workers}")
            decided[workers] = [
                drained(parley, plan.backlog, workers, worker) for _ in range(plan.repeats)
            ]
        storing = {system.name: system.storing() for system in systems}
    return Measured(
        rates.turns, rates.floors, scored, decided, waited, started, worker, storing, busy
    )


def _take_turns(
    rates: Rates, systems: Sequence[System], floors: Floors, parley: Parley, worker: Peak, say: Say
) -> None:
    for system in systems:
        say(f"filling a page of {system.name}")
        rates.fill(system)
    for turn in range(rates.plan.repeats):
        say(f"turn {turn + 1} of {rates.plan.repeats}: submitting and reading")
        with worker.watch(parley.worker_memory):
            rates.take_turn(systems, floors, turn)


@contextmanager
def _running(folder: Path, say: Say) -> Iterator[tuple[Parley, Isso, Floors]]:
    with ExitStack() as stack:
        say("starting Isso (the first time it is installed)")
        isso = Isso(folder)
        stack.callback(isso.stop)
        isso.serve()
        say("starting the floors")
        floors = Floors(folder)
        stack.callback(floors.stop)
        say("starting Parley")
        parley = Parley(folder)
        stack.callback(parley.stop)
        parley.serve()
        parley.work()
        yield parley, isso, floors
