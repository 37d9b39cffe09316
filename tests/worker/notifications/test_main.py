"""The process that tells, started and killed as it would be."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event as Flag

import pytest

from moderation.clock import utc_now
from moderation.notifications.deliveries import DeliveryState
from moderation.notifications.digests import DigestFrequency
from moderation.notifications.reader_mails import MailWish, address_hash
from moderation.notifications.webhooks import Event
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.sign_in import SignIn
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database, DatabaseUnavailable
from moderation.storage.notifications.delivery_log import DeliveryLog
from moderation.storage.notifications.delivery_queue import LEASE, DeliveryQueue
from moderation.storage.notifications.digest_preferences import DigestPreferences
from moderation.storage.notifications.webhooks import Webhooks
from moderation.storage.reader_mail.subscriptions import Subscriptions
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.program import wait_until
from tests.support.smtp_server import Postbox, receiving_mail
from tests.support.webhook_receiver import Receiver
from tests.support.webhooks import LOCAL, SECRET
from worker.notifications.main import run_once
from worker.notifications.webhook_sender import WebhookSender
from worker.periodic import PeriodicTask


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> Mapping[str, str]:
    ours = {
        "PARLEY_VAR": str(tmp_path),
        "PARLEY_DATABASE_URL": database_url,
        "PARLEY_SECRET_KEY": SECRET.decode(),
        "PARLEY_WEBHOOK_PRIVATE": "127.0.0.0/8",
    }
    return {**os.environ, **ours}


@contextmanager
def notifying(environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "worker.notifications.main"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def hook(database: Database, site: Site, receiver: Receiver) -> int:
    return Webhooks(database, utc_now, SECRET).add(receiver.url, list(Event))[0]


def state(database: Database, hook: int) -> list[DeliveryState]:
    return [delivery.state for delivery in DeliveryLog(database, utc_now).newest(hook)]


def test_it_tells_until_it_is_stopped(
    database: Database, hook: int, receiver: Receiver, environment: Mapping[str, str]
) -> None:
    with notifying(environment) as process:
        add_scored(database, utc_now)
        wait_until(lambda: receiver.received)
        add_scored(database, utc_now)
        wait_until(lambda: state(database, hook) == [DeliveryState.DELIVERED] * 2)
        process.terminate()

        assert process.wait(60) == 0


def test_it_ends_when_nobody_wants_to_be_told(
    database: Database, site: Site, environment: Mapping[str, str]
) -> None:
    with notifying(environment) as process:
        assert process.wait(60) == 0


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with receiving_mail() as postbox:
        yield postbox


@pytest.fixture
def mailing(
    database: Database, site: Site, environment: Mapping[str, str], postbox: Postbox
) -> Mapping[str, str]:
    """A comment waits, a digest of it is due, and there is a server to send it."""
    add_scored(database, utc_now)
    moderators = Moderators(database, utc_now)
    moderators.add("Anna")
    session = SignIn(database, utc_now).by_link(moderators.new_link("Anna"))
    two_hours_ago = utc_now() - timedelta(hours=2)
    preferences = DigestPreferences(database, lambda: two_hours_ago)
    preferences.choose(session, DigestFrequency.HOURLY, "anna@example.org")
    preferences.confirm(moderators.get("Anna").id, "anna@example.org")
    mail = {
        "PARLEY_SMTP_URL": f"smtp://127.0.0.1:{postbox.port}",
        "PARLEY_MAIL_FROM": "parley@example.org",
    }
    return {**environment, **mail}


def test_it_sends_digests_that_are_due(mailing: Mapping[str, str], postbox: Postbox) -> None:
    with notifying(mailing):
        wait_until(lambda: postbox.mails)

    assert postbox.recipients == ["anna@example.org"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_stopped_it_waits_for_the_mail_under_way(
    mailing: Mapping[str, str], postbox: Postbox
) -> None:
    postbox.taken.clear()
    with notifying(mailing) as process:
        assert postbox.under_way.wait(60)
        process.terminate()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)
        postbox.taken.set()

        assert process.wait(60) == 0

    assert postbox.recipients == ["anna@example.org"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_stopped_it_waits_for_no_mail_for_long(
    mailing: Mapping[str, str], postbox: Postbox
) -> None:
    postbox.taken.clear()
    with notifying(mailing) as process:
        assert postbox.under_way.wait(60)
        process.terminate()

        assert process.wait(60) == 0

    postbox.taken.set()


def test_killed_in_the_middle_it_loses_nothing(
    database: Database, hook: int, receiver: Receiver, environment: Mapping[str, str]
) -> None:
    never = Flag()

    def hang(handler: BaseHTTPRequestHandler) -> None:
        never.wait(20)
        handler.close_connection = True

    receiver.answers[:] = [hang]
    add_scored(database, utc_now)
    with notifying(environment) as process:
        wait_until(lambda: receiver.received)
        process.kill()
        process.wait()
    before = state(database, hook)
    never.set()

    def later() -> datetime:
        return utc_now() + LEASE + timedelta(seconds=1)

    assert DeliveryQueue(database, utc_now, SECRET).lease(1) == []
    relief = DeliveryQueue(database, later, SECRET)
    for webhook in relief.lease(1):
        WebhookSender(relief, LOCAL, later).send_due(webhook)

    assert (before, state(database, hook)) == ([DeliveryState.WAITING], [DeliveryState.DELIVERED])
    assert len({request.headers["webhook-id"] for request in receiver.received}) == 1
    assert len(receiver.received) == 2


def test_what_fails_once_does_not_end_the_process() -> None:
    done: list[str] = []
    task = PeriodicTask("test", lambda: done.append("ran"))

    def away() -> bool:
        sentence = "The database is away."
        raise DatabaseUnavailable(sentence)

    assert run_once(away, [task])
    assert done == []
    assert run_once(lambda: True, [task])
    assert done == ["ran"]
    assert not run_once(lambda: False, [task])
    assert done == ["ran"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_killed_and_started_again_it_mails_each_reply_at_most_once(
    database: Database, site: Site, environment: Mapping[str, str], postbox: Postbox
) -> None:
    mail = {
        "PARLEY_SMTP_URL": f"smtp://127.0.0.1:{postbox.port}",
        "PARLEY_MAIL_FROM": "parley@example.org",
    }
    Sites(database, utc_now).change("demo", lambda site: replace(site, reader_mail=True))
    comment = add_scored(database, utc_now, GOOD)
    known_by = address_hash(SECRET, site.id, "ada@example.org")
    wish = MailWish(site.id, "ada@example.org", known_by, "en", is_proven=True)
    Subscriptions(database, utc_now).add(comment.id, wish)
    for number in range(6):
        text = f"Answer number {number} of some."
        add_scored(database, utc_now, GOOD, parent=comment.id, name="Bob", text=text)

    for _ in range(2):
        postbox.under_way.clear()
        with notifying({**environment, **mail}) as process:
            assert postbox.under_way.wait(60)  # at once: all six would take 50 ms
            process.kill()
    with notifying({**environment, **mail}):
        wait_until(lambda: len(message_ids(postbox)) >= 4)

    assert len(message_ids(postbox)) == len(set(message_ids(postbox)))


def message_ids(postbox: Postbox) -> list[str]:
    return [mail["Message-ID"] for mail in list(postbox.mails)]
