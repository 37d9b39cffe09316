"""From a decision to an operator's own server: each event, in order, signed."""

import json

import pytest

from moderation.accounts.moderators import EVERYTHING
from moderation.comments import Status
from moderation.notifications.webhooks import Event, signature
from moderation.policy import Decision
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import Revision, revise_status
from moderation.storage.notifications.delivery_log import Sent
from moderation.storage.notifications.delivery_queue import Deliveries
from moderation.storage.notifications.outbox import Outbox
from moderation.storage.notifications.webhooks import Webhooks
from tests.support.clock import FakeClock
from tests.support.flagged_comments import DOUBTFUL, GOOD, SCORES, as_seen
from tests.support.webhook_receiver import Receiver
from tests.support.webhooks import EVERY, LOCAL, Add, Decide, Tell, told
from worker.notifications.webhook_sender import Courier


def test_each_decision_is_told_in_order(
    add: Add, webhooks: Webhooks, receiver: Receiver, tell: Tell, decide: Decide
) -> None:
    add(text="Before there was a webhook.")
    webhooks.add(receiver.url, EVERY)

    doubtful = add(text="You are all fools.")
    add(Decision(Status.REJECTED), text="Buy now!")
    add(GOOD, text="Well argued.")
    decide(doubtful, Status.APPROVED)

    assert tell() == 5
    assert told(receiver) == [
        ("comment.flagged", "You are all fools."),
        ("comment.rejected", "Buy now!"),
        ("comment.published", "Well argued."),
        ("comment.published", "You are all fools."),
        ("comment.decided", "You are all fools."),
    ]
    assert tell() == 0


def test_what_is_told_is_whole_and_verifies(
    add: Add, clock: FakeClock, record: Sent, webhooks: Webhooks, receiver: Receiver, tell: Tell
) -> None:
    number, secret = webhooks.add(receiver.url, EVERY)
    comment = add(name="Zoë\u202e", text='</script>"\n\U0001f600')

    tell()

    [received] = receiver.received
    headers = received.headers
    stamp = int(headers["webhook-timestamp"])
    signed = signature(secret, headers["webhook-id"], stamp, received.body)
    assert (headers["webhook-signature"], stamp) == (signed, int(clock().timestamp()))
    assert headers["Content-Type"] == "application/json"
    assert json.loads(received.body) == {
        "type": "comment.flagged",
        "timestamp": "2026-01-31T12:00:00+00:00",
        "data": {
            "id": comment.id,
            "version": 2,
            "site": "demo",
            "page": "/a",
            "url": None,
            "title": None,
            "name": "Zoë\u202e",
            "text": '</script>"\n\U0001f600',
            "parent": None,
            "submitted_at": "2026-01-31T12:00:00+00:00",
            "status": "flagged",
            "previous_status": "pending",
            "decided_by": "policy",
            "reasons": [{"rule": "toxicity", "score": 0.83, "threshold": 0.41}],
            "scores": dict(SCORES),
            "model": "test-1",
        },
    }
    [delivery] = record.newest(number)
    assert (delivery.state, delivery.status, delivery.comment) == ("delivered", 204, comment.id)


def test_a_webhook_is_told_what_it_asked_for_only(
    add: Add, webhooks: Webhooks, sites: Sites, receiver: Receiver, tell: Tell
) -> None:
    sites.add(Site(0, "other", "Other", ()))
    webhooks.add(receiver.url, [Event.REJECTED, Event.FLAGGED], site="other")

    add(DOUBTFUL, text="of another site")
    add(GOOD, site="other", text="of another kind")
    add(DOUBTFUL, site="other", text="asked for")
    tell()

    assert told(receiver) == [("comment.flagged", "asked for")]


def test_without_an_active_webhook_nothing_is_noted(
    add: Add, webhooks: Webhooks, outbox: Outbox, receiver: Receiver
) -> None:
    assert not outbox.needed()
    add()
    number, _ = webhooks.add(receiver.url, EVERY)
    assert outbox.needed()
    webhooks.switch(number, on=False)
    add()

    assert outbox.spread() == 0
    assert not outbox.needed()


def test_a_test_is_sent_like_any_event(
    record: Sent, webhooks: Webhooks, receiver: Receiver, tell: Tell
) -> None:
    number, _ = webhooks.add(receiver.url, [Event.REJECTED])

    record.send_test(number)
    tell()

    assert json.loads(receiver.received[0].body) == {
        "type": "webhook.test",
        "timestamp": "2026-01-31T12:00:00+00:00",
        "data": {"hello": "from Parley"},
    }


def test_a_worker_with_another_secret_sends_nothing(
    add: Add,
    clock: FakeClock,
    database: Database,
    webhooks: Webhooks,
    receiver: Receiver,
    outbox: Outbox,
    hook: int,
) -> None:
    add()
    outbox.spread()
    other = Deliveries(database, clock, b"another secret than the web server's")
    courier = Courier(other, LOCAL, clock)

    for held in other.hold(1):
        courier.serve(held)

    problem = "the worker has another PARLEY_SECRET_KEY than made this webhook"
    assert receiver.received == []
    assert webhooks.get(hook).problem == problem


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("hook")
def test_a_decision_that_commits_late_is_told_all_the_same(
    add: Add,
    clock: FakeClock,
    database: Database,
    decide: Decide,
    receiver: Receiver,
    tell: Tell,
) -> None:
    """Its id is lower than one that was told already: a cursor over ids would pass it by."""
    late, early = add(), add()
    approval = Revision(Status.APPROVED, Moderators(database, clock).add("Bea").id, clock())
    tell()
    receiver.received.clear()
    with database.write() as connection:
        revise_status(connection, as_seen(late), approval, EVERYTHING)
        decide(early, Status.REJECTED)
        tell()
        first = told(receiver)
    tell()

    assert [kind for kind, _ in first] == ["comment.rejected", "comment.decided"]
    assert [kind for kind, _ in told(receiver)[2:]] == ["comment.published", "comment.decided"]
