"""What must be well for comments to be taken and decided: one function a check, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from moderation.clock import Clock
from moderation.doorbell import Doorbell
from moderation.storage.comments.write_trial import WriteTrial
from moderation.storage.database.engine import DatabaseUnavailable
from moderation.storage.decisions.backlog import Backlog
from moderation.storage.system.worker_heartbeats import Workers

MAX_PENDING_SECONDS = 60
MAX_SWEEP_SECONDS = 30
MAX_CLOCK_SECONDS = 5.0  # half a claim's lease: with more, workers take comments from one another


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks look at; `/readyz` and `parley doctor` each build it from their own."""

    write_trial: WriteTrial
    doorbell: Doorbell
    workers: Workers
    backlog: Backlog
    clock: Clock


def problems(checked: Checked) -> dict[str, str | None]:
    """The problem by check, None where there is none.

    Without a database that takes writes only it and Redis are here: the rest would follow from it.
    """
    results = {"database": checked.write_trial.problem(), "redis": checked.doorbell.problem()}
    if results["database"] is None:
        results |= {name: _result(check, checked) for name, check in CHECKS.items()}
    return results


def _result(check: "Check", checked: Checked) -> str | None:
    try:
        return check(checked)
    except DatabaseUnavailable as away:
        return f"not known, since the database cannot be read: {away}"


def model_problem(checked: Checked) -> str | None:
    workers = checked.workers.alive()
    if not workers:
        return "no worker has been heard of for 15 seconds: start one with `parley work`"
    for worker in workers:
        if worker.problem:  # with a model it is about a language, and says what waits
            ending = "; every comment is flagged meanwhile" if worker.model is None else ""
            return f"{worker.problem}{ending}"
    return None


def sweep_problem(checked: Checked) -> str | None:
    """A worker that reports without sweeping; one that does neither is not alive."""
    now = checked.clock()
    for worker in checked.workers.alive():
        age = 0.0 if worker.swept_at is None else (now - worker.swept_at).total_seconds()
        if age > MAX_SWEEP_SECONDS:
            return f"worker {worker.name} has not swept for {age:.0f} seconds: its log says why"
    return None


def clock_problem(checked: Checked) -> str | None:
    differences = checked.workers.clock_differences()
    for name, difference in differences.items():
        seconds = difference.total_seconds()
        if abs(seconds) > MAX_CLOCK_SECONDS:
            word = "ahead of" if seconds > 0 else "behind"
            sentence = f"the clock of worker {name} is {abs(seconds):.0f} seconds {word} this one's"
            return f"{sentence}: set both by NTP"
    return None


def pending_problem(checked: Checked) -> str | None:
    oldest = checked.backlog.oldest_pending()
    age = 0.0 if oldest is None else (checked.clock() - oldest).total_seconds()
    if age < -MAX_CLOCK_SECONDS:
        return f"a comment is dated {-age:.0f} seconds in the future: a clock is, or was, wrong"
    if age <= MAX_PENDING_SECONDS:
        return None
    return f"a comment has been pending for {age:.0f} seconds: are enough workers running?"


Check = Callable[[Checked], str | None]
# By what they are called in the answer; each reads the database.
CHECKS: Mapping[str, Check] = {
    "model": model_problem,
    "sweep": sweep_problem,
    "clock": clock_problem,
    "pending": pending_problem,
}
