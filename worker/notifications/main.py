"""The process that tells: `python -m worker.notifications.main`, a child of the worker.

A process of its own, because RQ forks the worker's, and a fork while another thread holds a lock of
OpenSSL or of the resolver can leave the child waiting for it for ever.
"""

import os
import signal
import time
from collections.abc import Callable, Sequence
from threading import Event

from moderation.clock import utc_now
from moderation.config.logging_setup import log_to_stderr
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from moderation.storage.database.engine import Database, open_database
from moderation.storage.notifications.delivery_queue import Deliveries
from moderation.storage.notifications.digests import Digests
from moderation.storage.notifications.outbox import PRUNED_AT_ONCE, Outbox
from worker.notifications.checked_connection import Way
from worker.notifications.digest_sender import Digester, Sender
from worker.notifications.webhook_sender import AT_ONCE, Courier
from worker.periodic import TICK_SECONDS, PeriodicTask, run_due, run_safely

_SPREAD_SECONDS = 0.5  # then what is due already is sent, and the rest follows
_PRUNE_EVERY = 600.0  # seconds
_DIGESTS_EVERY = 10.0
_FINISH_SECONDS = 2.0  # for what is being sent; more would outlast the worker's own stop


def main() -> None:
    """Tell until the worker stops it or is gone, or nobody wants to be told any more."""
    log_to_stderr()
    settings = Settings.read()
    database = open_database(settings.database_url, pool_size=AT_ONCE + 2)
    stop, parent = Event(), os.getppid()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    secret, needed = server_secret(settings), who_wants_it(settings, database)
    deliveries = Deliveries(database, utc_now, secret)
    courier = Courier(deliveries, Way(settings.webhook_private), utc_now)
    digester = _digester(settings, database, secret)
    tasks = _tasks(Outbox(database, utc_now), courier, digester)
    while not stop.wait(TICK_SECONDS) and os.getppid() == parent:
        if not run_once(needed, tasks):
            break
    _finish(courier, digester)
    database.close()


def who_wants_it(settings: Settings, database: Database) -> Callable[[], bool]:
    """Asks whether there is a webhook, or a digest and a server to send it."""
    outbox, digests = Outbox(database, utc_now), Digests(database, utc_now)
    return lambda: outbox.needed() or (settings.mail is not None and digests.wanted())


def _digester(settings: Settings, database: Database, secret: bytes) -> Digester | None:
    if settings.mail is None:
        return None
    sender = Sender(settings.mail, settings.public_url, secret)
    return Digester(Digests(database, utc_now), sender, utc_now)


def _tasks(outbox: Outbox, courier: Courier, digester: Digester | None) -> Sequence[PeriodicTask]:
    tasks = (
        PeriodicTask("fan out", lambda: _spread(outbox)),
        PeriodicTask("webhooks", courier.start),
        PeriodicTask("prune", lambda: outbox.prune() == PRUNED_AT_ONCE, _PRUNE_EVERY),
    )
    if digester is None:
        return tasks
    return (*tasks, PeriodicTask("digests", digester.start, _DIGESTS_EVERY))


def _finish(courier: Courier, digester: Digester | None) -> None:
    """Wait for what is being sent, for both together."""
    until = time.monotonic() + _FINISH_SECONDS
    sending: list[Courier | Digester] = [courier] if digester is None else [courier, digester]
    for each in sending:
        each.stop.set()
    for each in sending:
        each.finish(max(0.0, until - time.monotonic()))


def run_once(has_subscribers: Callable[[], bool], tasks: Sequence[PeriodicTask]) -> bool:
    """Run the tasks that are due; False when there is nobody to notify any more."""
    answer = run_safely("subscribers", has_subscribers)
    if answer:
        run_due(tasks, time.monotonic())
    return answer is not False


def _spread(outbox: Outbox) -> None:
    until = time.monotonic() + _SPREAD_SECONDS
    while outbox.spread() and time.monotonic() < until:
        pass


if __name__ == "__main__":
    main()
