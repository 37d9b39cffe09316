"""The process that sends notifications: `python -m worker.notifications.main`, a worker's child.

A process of its own, because the sweep forks, and a fork while another thread holds a lock of
OpenSSL or of the resolver can leave the child waiting for it for ever.
"""

import os
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

import structlog

from moderation.clock import utc_now
from moderation.config.logging_setup import log_to_stderr
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from moderation.notifications.reader_mail_texts import MailPlace
from moderation.storage.database.engine import Database, open_database
from moderation.storage.notifications.delivery_queue import DeliveryQueue
from moderation.storage.notifications.digest_preferences import DigestPreferences
from moderation.storage.notifications.due_digests import DueDigests
from moderation.storage.notifications.mail_queue import MailQueue
from moderation.storage.notifications.outbox import PRUNE_BATCH, Outbox
from moderation.storage.notifications.unconfirmed_digests import UnconfirmedDigests
from moderation.storage.reader_mail.subscription_ends import SubscriptionEnds
from moderation.storage.reader_mail.subscriptions import Subscriptions
from worker.notifications.checked_connection import ConnectionPolicy
from worker.notifications.digest_sender import DigestSender, DigestSettings
from worker.notifications.reader_mail_sender import ReaderMailSender
from worker.notifications.sending_thread import SendingThread
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

Sender = WebhookSender | SendingThread

log = structlog.get_logger()


def main() -> None:
    """Send until the worker stops this process or is gone, or nobody is to be notified any more."""
    log_to_stderr()
    settings = Settings.read()
    database = open_database(settings.database_url, pool_size=MAX_THREADS + 3)
    stop, parent = StopRequest(), os.getppid()
    stop.listen()
    senders = _senders(settings, database)
    tasks = _tasks(database, senders)
    is_needed = partial(has_recipients, settings, database)
    while not stop.wait(TICK_SECONDS) and os.getppid() == parent:
        kill_after(_ROUND_SECONDS)
        if any(map(hangs, senders.values())):
            log.error("sending_hangs", seconds=_STEP_SECONDS)
            break  # the worker starts another process
        if not run_once(is_needed, tasks):
            break
    kill_after(_ROUND_SECONDS)
    _finish(senders.values())
    database.close()


def has_recipients(settings: Settings, database: Database) -> bool:
    """Whether there is a webhook, a reader to mail, or a digest and a server to send it."""
    if Outbox(database, utc_now).has_subscribers() or Subscriptions(database, utc_now).has_any():
        return True
    return settings.mail is not None and DigestPreferences(database, utc_now).has_any()


def hangs(sender: Sender) -> bool:
    """Whether one of its threads has not come on for too long, as with a server that drips."""
    return sender.step_times.longest(time.monotonic()) > _STEP_SECONDS


def run_once(is_needed: Callable[[], bool], tasks: Sequence[PeriodicTask]) -> bool:
    """Run the tasks that are due; False when there is nobody to notify any more."""
    answer = run_safely("recipients", is_needed)
    if answer:
        run_due(tasks, time.monotonic())
    return answer is not False


def _senders(settings: Settings, database: Database) -> dict[str, Sender]:
    """What sends, by the names of their tasks."""
    secret = server_secret(settings)
    queue = DeliveryQueue(database, utc_now, secret)
    senders: dict[str, Sender] = {
        "webhooks": WebhookSender(queue, ConnectionPolicy(settings.webhook_private), utc_now)
    }
    if settings.mail is not None:
        digests = DigestSettings(settings.mail, settings.public_url, secret)
        due, unconfirmed = DueDigests(database, utc_now), UnconfirmedDigests(database, utc_now)
        senders["digests"] = DigestSender(due, unconfirmed, digests, utc_now).thread
        mails = MailQueue(database, utc_now, settings.public_url)
        place = MailPlace(secret, settings.public_url, settings.mail.sender)
        sender = ReaderMailSender(mails, settings.mail, place, utc_now)
        senders["reader mails"] = sender.thread
    return senders


def _tasks(database: Database, senders: Mapping[str, Sender]) -> Sequence[PeriodicTask]:
    outbox, ends = Outbox(database, utc_now), SubscriptionEnds(database, utc_now)
    every = {"digests": _DIGESTS_EVERY}
    return (
        PeriodicTask("fan out", partial(_fan_out, outbox)),
        *(
            PeriodicTask(name, sender.start, every.get(name, 0.0))
            for name, sender in senders.items()
        ),
        PeriodicTask("prune", lambda: outbox.prune() == PRUNE_BATCH, _PRUNE_EVERY),
        PeriodicTask("unconfirmed addresses", ends.prune, _PRUNE_EVERY),
    )


def _fan_out(outbox: Outbox) -> None:
    until = time.monotonic() + _FAN_OUT_SECONDS
    while outbox.fan_out() and time.monotonic() < until:
        pass


def _finish(senders: Collection[Sender]) -> None:
    """Wait for what is being sent, for all together."""
    until = time.monotonic() + _FINISH_SECONDS
    for sender in senders:
        sender.stop.set()
    for sender in senders:
        sender.finish(max(0.0, until - time.monotonic()))


if __name__ == "__main__":
    main()
