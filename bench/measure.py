"""The whole run: start both, load them in turns, stop them."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.backlog import drained
from bench.delay import Delay, delay
from bench.isso import Isso
from bench.memory import Peak, check_memory
from bench.parley import Parley
from bench.rates import Plan, Rates, Turns
from bench.scoring import scored_per_second

_DELAY_SECONDS = 20.0  # a thousand comments, so that there is a 99th percentile
_BACKLOG = 3_000

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that was found; a list has one value for each turn."""

    parley: Turns
    isso: Turns
    scored: list[float]
    drained: list[float]
    delay: Delay
    worker: Peak
    storing: dict[str, str]
    busy: float  # the machine's load average before it began


def measure(folder: Path, plan: Plan, say: Say) -> Measured:
    """Raises NotMeasured."""
    check_memory()
    folder.mkdir(parents=True, exist_ok=True)
    busy, _, _ = os.getloadavg()
    say("scoring without anything else")
    scored = [scored_per_second(plan.seconds) for _ in range(plan.repeats)]
    with _both(folder, say) as (parley, isso):
        rates, worker = Rates(plan), Peak()
        for system in (isso, parley):
            say(f"filling a page of {system.name}")
            rates.fill(system)
        for turn in range(plan.repeats):
            say(f"turn {turn + 1} of {plan.repeats}: submitting and reading")
            with worker.watch(parley.worker_memory):
                rates.take_turn(parley, isso, turn)
        say("submitting at a steady pace")
        waited = delay(parley, _DELAY_SECONDS)
        say("deciding a backlog")
        decided = [drained(parley, rates, _BACKLOG, worker) for _ in range(plan.repeats)]
        storing = {system.name: system.storing() for system in (parley, isso)}
    return Measured(
        rates.turns[parley.name],
        rates.turns[isso.name],
        scored,
        decided,
        waited,
        worker,
        storing,
        busy,
    )


@contextmanager
def _both(folder: Path, say: Say) -> Iterator[tuple[Parley, Isso]]:
    with ExitStack() as stack:
        say("starting Isso (the first time it is installed)")
        isso = Isso(folder)
        stack.callback(isso.stop)
        isso.serve()
        say("starting Parley")
        parley = Parley(folder)
        stack.callback(parley.stop)
        parley.serve()
        parley.work()
        yield parley, isso
