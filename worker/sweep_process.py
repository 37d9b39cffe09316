"""The process that sweeps: it also reports, and starts the notifier, the rollup and others."""

import os
import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from moderation.clock import utc_now
from moderation.config.settings import Settings
from moderation.doorbell import Doorbell
from moderation.redis_clients import web_redis
from moderation.storage.comments.page_checks import PageChecks
from moderation.storage.database.engine import Database, open_database
from moderation.storage.decisions.backlog import Backlog
from moderation.storage.decisions.purges import Purges
from moderation.storage.statistics.daily_rollups import DailyRollups
from moderation.storage.system.worker_heartbeats import WorkerReport, Workers
from worker.child_process import ChildProcess
from worker.forked_child import ForkedChild
from worker.jobs import JobContext, drain_for
from worker.notifications.main import has_recipients
from worker.periodic import PeriodicTask, run_until
from worker.scoring.sweep import Sweeper
from worker.shared_counts import Count
from worker.stop_request import StopRequest
from worker.supervision import start_if_needed
from worker.time_limit import kill_after

_REPORT_EVERY = 5.0  # seconds; web servers count a worker as alive for 15
_NOTIFY_EVERY = 5.0
_ROLLUP_EVERY = 60
_PURGE_EVERY = 600
_STOP_SECONDS = 2.5  # the worker itself must be gone within 3
_TASK_SECONDS = 30.0  # a write to a locked SQLite file waits 10
_DRAIN_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class SweepSettings:
    """What the sweep works with; `name` names the worker."""

    settings: Settings
    redis_url: str
    context: JobContext
    name: str


@dataclass(frozen=True, slots=True)
class Children:
    """The processes that the sweep starts while there is work for them."""

    notifier: ChildProcess
    rollup: ChildProcess
    page_reader: ChildProcess
    purge: ChildProcess


def run_sweep(sweep: SweepSettings) -> None:
    """Sweep until SIGTERM. A task that does not end in time ends the process with all it started.

    Its parent starts it again: no lost answer of a database can silence it for good.
    """
    stop, parent = StopRequest(), os.getppid()
    stop.listen()
    # No pool: a connection kept open would be carried across a fork.
    database = open_database(sweep.settings.database_url, pool_size=0)
    drain = ForkedChild("drain", partial(drain_for, _DRAIN_SECONDS, sweep.context), _STOP_SECONDS)
    children = Children(
        _child("worker.notifications.main"),
        _child("worker.rollup"),
        _child("worker.pages.main"),
        _child("worker.old_texts"),
    )

    def before_each() -> None:
        kill_after(_TASK_SECONDS)
        if os.getppid() != parent:
            stop.set()

    run_until(
        stop,
        (
            *_sweeping(sweep, database, drain),
            *_starting(sweep.settings, database, children),
        ),
        before_each,
    )
    started = (children.notifier, children.rollup, children.page_reader, children.purge)
    for child in (*started, drain):
        child.stop()


def _sweeping(
    sweep: SweepSettings, database: Database, drain: ForkedChild
) -> Sequence[PeriodicTask]:
    """Sweep, and report that the worker is alive."""
    counts, swept_at = sweep.context.counts, [utc_now()]

    def start_drain() -> None:
        if not drain.is_running() and (drain.exit_code() or 0) < 0:
            counts.add(Count.KILLED_DRAINS)
        start_if_needed(drain, lambda: True)

    doorbell = Doorbell(web_redis(sweep.redis_url))
    backlog = Backlog(database, utc_now)
    sweeper = Sweeper(backlog, doorbell, start_drain, lambda: counts[Count.CLAIMED_IN_JOBS])

    def sweep_once() -> None:
        sweeper.sweep()
        swept_at[0] = utc_now()

    reports = Workers(database, utc_now)
    return (
        PeriodicTask("sweep", sweep_once),
        PeriodicTask("report", lambda: reports.report(_report(sweep, swept_at[0])), _REPORT_EVERY),
    )


def _report(sweep: SweepSettings, swept_at: datetime) -> WorkerReport:
    model, counts = sweep.context.model, sweep.context.counts
    return WorkerReport(
        sweep.name,
        model.classifier.version if model.classifier else None,
        model.problem,
        swept_at=swept_at,
        drained_by_sweep=counts[Count.DRAINED_BY_SWEEP],
        killed_jobs=counts[Count.KILLED_JOBS] + counts[Count.KILLED_DRAINS],
        failed_scorings=counts[Count.FAILED_IN_JOBS] + counts[Count.FAILED_IN_SWEEP],
    )


def _starting(settings: Settings, database: Database, children: Children) -> Sequence[PeriodicTask]:
    notify = partial(
        start_if_needed, children.notifier, partial(has_recipients, settings, database)
    )
    has_due = PageChecks(database, utc_now).has_due
    read_pages = partial(
        start_if_needed, children.page_reader, lambda: settings.read_pages and has_due()
    )
    has_missing = DailyRollups(database, utc_now).has_missing
    return (
        PeriodicTask("notifications", notify, _NOTIFY_EVERY),
        PeriodicTask("pages", read_pages, _NOTIFY_EVERY),
        # Each worker at a moment of its own: the first that looks counts for all.
        PeriodicTask(
            "rollup",
            partial(start_if_needed, children.rollup, has_missing),
            _ROLLUP_EVERY,
            1 + secrets.randbelow(_ROLLUP_EVERY),
        ),
        PeriodicTask(
            "purge",
            partial(start_if_needed, children.purge, Purges(database, utc_now).has_due),
            _PURGE_EVERY,
            1 + secrets.randbelow(_PURGE_EVERY),
        ),
    )


def _child(module: str) -> ChildProcess:
    command = (sys.executable, "-m", module)
    return ChildProcess(module, command, _STOP_SECONDS, own_session=True)
