"""The process that tells: `python -m worker.notifications.main`, a child of the worker.

A process of its own, because RQ forks the worker's, and a fork while another thread holds a lock of
OpenSSL or of the resolver can leave the child waiting for it for ever.
"""

import os
import signal
import time
from collections.abc import Callable, Sequence
from threading import Event

import structlog

from moderation.clock import utc_now
from moderation.config.logging_setup import log_to_stderr
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from moderation.storage.database.engine import Database, DatabaseAway, open_database
from moderation.storage.notifications.delivery_queue import Deliveries
from moderation.storage.notifications.digests import Digests
from moderation.storage.notifications.outbox import PRUNED_AT_ONCE, Outbox
from worker.notifications.checked_connection import Way
from worker.notifications.digest_sender import Digester, Sender
from worker.notifications.webhook_sender import AT_ONCE, Courier

SECONDS = 1.0
_SPREAD_SECONDS = 0.5  # then what is due already is sent, and the rest follows
_PRUNE_SECONDS = 600.0
_DIGEST_SECONDS = 10.0
_FINISH_SECONDS = 2.0  # for what is being sent; more would outlast the worker's own stop

log = structlog.get_logger()


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
    rounds = _rounds(Outbox(database, utc_now), courier, digester)
    while not stop.wait(SECONDS) and os.getppid() == parent:
        if not tell_once(needed, rounds):
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


def _rounds(
    outbox: Outbox, courier: Courier, digester: Digester | None
) -> Sequence[Callable[[], object]]:
    prune = seldom(lambda: outbox.prune() == PRUNED_AT_ONCE, _PRUNE_SECONDS)
    rounds = (lambda: _spread(outbox), courier.start, prune)
    return rounds if digester is None else (*rounds, seldom(digester.start, _DIGEST_SECONDS))


def _finish(courier: Courier, digester: Digester | None) -> None:
    """Wait for what is being sent, for both together."""
    until = time.monotonic() + _FINISH_SECONDS
    sending: list[Courier | Digester] = [courier] if digester is None else [courier, digester]
    for each in sending:
        each.stop.set()
    for each in sending:
        each.finish(max(0.0, until - time.monotonic()))


def tell_once(needed: Callable[[], bool], rounds: Sequence[Callable[[], object]]) -> bool:
    """One look at everything there is to tell; False when nobody wants to be told."""
    try:
        if not needed():
            return False
        for each in rounds:
            each()
    except DatabaseAway as away:
        log.warning("database_away", cause=str(away))
    except Exception:  # what is wrong with one event must not silence the others
        log.exception("telling_failed")
    return True


def _spread(outbox: Outbox) -> None:
    until = time.monotonic() + _SPREAD_SECONDS
    while outbox.spread() and time.monotonic() < until:
        pass


def seldom(work: Callable[[], object], seconds: float) -> Callable[[], None]:
    """The work, done only after so many seconds, but at once while it says that there is more."""
    last = -seconds

    def now_and_then() -> None:
        nonlocal last
        if time.monotonic() - last >= seconds:
            last = time.monotonic()
            if work():
                last -= seconds

    return now_and_then


if __name__ == "__main__":
    main()
