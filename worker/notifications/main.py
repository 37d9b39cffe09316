"""The process that sends notifications: `python -m worker.notifications.main`, a worker's child.

A process of its own, because the sweep forks, and a fork while another thread holds a lock of
OpenSSL or of the resolver can leave the child waiting for it for ever.
"""

import os
import time
from collections.abc import Callable, Sequence
from functools import partial

import structlog

from moderation.clock import utc_now
from moderation.config.logging_setup import log_to_stderr
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from moderation.storage.database.engine import Database, open_database
from moderation.storage.notifications.delivery_queue import DeliveryQueue
from moderation.storage.notifications.digest_preferences import DigestPreferences
from moderation.storage.notifications.due_digests import DueDigests
from moderation.storage.notifications.outbox import PRUNE_BATCH, Outbox
from moderation.storage.notifications.unconfirmed_digests import UnconfirmedDigests
from worker.notifications.checked_connection import ConnectionPolicy
from worker.notifications.digest_sender import DigestSender, DigestSettings
from worker.notifications.webhook_sender import MAX_THREADS, WebhookSender
from worker.periodic import TICK_SECONDS, PeriodicTask, run_due, run_safely
from worker.stop_request import StopRequest
from worker.time_limit import kill_after

_FAN_OUT_SECONDS = 0.5  # then what is due already is sent, and the rest follows
_ROUND_SECONDS = 120.0  # then the process is killed, and the worker starts another
_STEP_SECONDS = 90.0  # each query and each sending has a limit of its own, far below
_PRUNE_EVERY = 600.0  # seconds
_DIGESTS_EVERY = 10.0
_FINISH_SECONDS = 2.0  # for what is being sent; more would outlast the worker's own stop


log = structlog.get_logger()


def main() -> None:
    """Send until the worker stops this process or is gone, or nobody is to be notified any more."""
    log_to_stderr()
    settings = Settings.read()
    database = open_database(settings.database_url, pool_size=MAX_THREADS + 2)
    stop, parent = StopRequest(), os.getppid()
    stop.listen()
    webhook_sender, digest_sender = _senders(settings, database)
    tasks = _tasks(Outbox(database, utc_now), webhook_sender, digest_sender)
    is_needed = partial(has_recipients, settings, database)
    while not stop.wait(TICK_SECONDS) and os.getppid() == parent:
        kill_after(_ROUND_SECONDS)
        if hangs(webhook_sender) or (digest_sender is not None and hangs(digest_sender)):
            log.error("sending_hangs", seconds=_STEP_SECONDS)
            break  # the worker starts another process
        if not run_once(is_needed, tasks):
            break
    kill_after(_ROUND_SECONDS)
    _finish(webhook_sender, digest_sender)
    database.close()


def has_recipients(settings: Settings, database: Database) -> bool:
    """Whether there is a webhook, or a digest and a server to send it."""
    if Outbox(database, utc_now).has_subscribers():
        return True
    return settings.mail is not None and DigestPreferences(database, utc_now).has_any()


def hangs(sender: WebhookSender | DigestSender) -> bool:
    """Whether one of its threads has not come on for too long, as with a server that drips."""
    return sender.step_times.longest(time.monotonic()) > _STEP_SECONDS


def run_once(is_needed: Callable[[], bool], tasks: Sequence[PeriodicTask]) -> bool:
    """Run the tasks that are due; False when there is nobody to notify any more."""
    answer = run_safely("recipients", is_needed)
    if answer:
        run_due(tasks, time.monotonic())
    return answer is not False


def _senders(settings: Settings, database: Database) -> tuple[WebhookSender, DigestSender | None]:
    secret = server_secret(settings)
    queue = DeliveryQueue(database, utc_now, secret)
    webhook_sender = WebhookSender(queue, ConnectionPolicy(settings.webhook_private), utc_now)
    if settings.mail is None:
        return webhook_sender, None
    digest_settings = DigestSettings(settings.mail, settings.public_url, secret)
    due, unconfirmed = DueDigests(database, utc_now), UnconfirmedDigests(database, utc_now)
    return webhook_sender, DigestSender(due, unconfirmed, digest_settings, utc_now)


def _tasks(
    outbox: Outbox, webhook_sender: WebhookSender, digest_sender: DigestSender | None
) -> Sequence[PeriodicTask]:
    tasks = (
        PeriodicTask("fan out", partial(_fan_out, outbox)),
        PeriodicTask("webhooks", webhook_sender.start),
        PeriodicTask("prune", lambda: outbox.prune() == PRUNE_BATCH, _PRUNE_EVERY),
    )
    if digest_sender is None:
        return tasks
    return (*tasks, PeriodicTask("digests", digest_sender.start, _DIGESTS_EVERY))


def _fan_out(outbox: Outbox) -> None:
    until = time.monotonic() + _FAN_OUT_SECONDS
    while outbox.fan_out() and time.monotonic() < until:
        pass


def _finish(webhook_sender: WebhookSender, digest_sender: DigestSender | None) -> None:
    """Wait for what is being sent, for both together."""
    until = time.monotonic() + _FINISH_SECONDS
    senders: list[WebhookSender | DigestSender] = [webhook_sender]
    if digest_sender is not None:
        senders.append(digest_sender)
    for sender in senders:
        sender.stop.set()
    for sender in senders:
        sender.finish(max(0.0, until - time.monotonic()))


if __name__ == "__main__":
    main()
