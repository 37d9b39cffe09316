"""From a decision to an operator's own server: each event, in order, signed."""

import json

import pytest

from moderation.accounts.moderators import ALL_SITES
from moderation.comments import Status
from moderation.notifications.signing import signature
from moderation.notifications.webhooks import Event
from moderation.policy import Decision
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ModeratorDecision, decide_comment
from moderation.storage.notifications.delivery_log import DeliveryLog
from moderation.storage.notifications.delivery_queue import DeliveryQueue
from moderation.storage.notifications.outbox import Outbox
from moderation.storage.notifications.webhooks import Webhooks
from moderation.storage.review.staff_comments import StaffComments, StaffText
from tests.support.clock import FakeClock
from tests.support.flagged_comments import DOUBTFUL, GOOD, SCORES, as_seen
from tests.support.webhook_receiver import Receiver
from tests.support.webhooks import EVERY, LOCAL, Add, Decide, SendDue, received_events
from worker.notifications.webhook_sender import WebhookSender


def test_each_decision_is_told_in_order(
    add: Add, webhooks: Webhooks, receiver: Receiver, send_due: SendDue, decide: Decide
) -> None:
    add(text="Before there was a webhook.")
    webhooks.add(receiver.url, EVERY)

    doubtful = add(text="You are all fools.")
    add(Decision(Status.REJECTED), text="Buy now!")
    add(GOOD, text="Well argued.")
    decide(doubtful, Status.APPROVED)

    assert send_due() == 5
    assert received_events(receiver) == [
        ("comment.flagged", "You are all fools."),
        ("comment.rejected", "Buy now!"),
        ("comment.published", "Well argued."),
        ("comment.published", "You are all fools."),
        ("comment.decided", "You are all fools."),
    ]
    assert send_due() == 0


def test_what_is_told_is_whole_and_verifies(
    add: Add,
    clock: FakeClock,
    delivery_log: DeliveryLog,
    webhooks: Webhooks,
    receiver: Receiver,
    send_due: SendDue,
) -> None:
    number, secret = webhooks.add(receiver.url, EVERY)
    comment = add(name="Zoë\u202e", text='</script>"\n\U0001f600')

    send_due()

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
            "url": "https://paper.example/a",
            "title": None,
            "name": "Zoë\u202e",
            "text": '</script>"\n\U0001f600',
            "parent": None,
            "staff": False,
            "submitted_at": "2026-01-31T12:00:00+00:00",
            "status": "flagged",
            "previous_status": "pending",
            "decided_by": "policy",
            "reasons": [{"rule": "toxicity", "score": 0.83, "threshold": 0.41, "part": "text"}],
            "scores": dict(SCORES),
            "name_scores": None,
            "model": "test-1",
        },
    }
    [delivery] = delivery_log.newest(number)
    assert (delivery.state, delivery.status, delivery.comment) == ("delivered", 204, comment.id)


def test_what_the_sites_own_people_write_is_marked(
    add: Add,
    clock: FakeClock,
    database: Database,
    webhooks: Webhooks,
    receiver: Receiver,
    send_due: SendDue,
) -> None:
    add(GOOD)
    webhooks.add(receiver.url, [Event.PUBLISHED])
    Moderators(database, clock).add("anna")
    anna = Moderators(database, clock).get("anna")

    own = StaffComments(database, clock, ALL_SITES)
    own.comment_on(1, StaffText(anna.id, "Demo", "We closed the second question."))
    send_due()

    [received] = receiver.received
    assert json.loads(received.body)["data"]["staff"] is True


def test_a_webhook_is_told_what_it_asked_for_only(
    add: Add, webhooks: Webhooks, sites: Sites, receiver: Receiver, send_due: SendDue
) -> None:
    sites.add(Site(0, "other", "Other", ()))
    webhooks.add(receiver.url, [Event.REJECTED, Event.FLAGGED], site="other")

    add(DOUBTFUL, text="of another site")
    add(GOOD, site="other", text="of another kind")
    add(DOUBTFUL, site="other", text="asked for")
    send_due()

    assert received_events(receiver) == [("comment.flagged", "asked for")]


def test_without_an_active_webhook_nothing_is_noted(
    add: Add, webhooks: Webhooks, outbox: Outbox, receiver: Receiver
) -> None:
    assert not outbox.has_subscribers()
    add()
    number, _ = webhooks.add(receiver.url, EVERY)
    assert outbox.has_subscribers()
    webhooks.switch(number, on=False)
    add()

    assert outbox.fan_out() == 0
    assert not outbox.has_subscribers()


def test_a_test_is_sent_like_any_event(
    delivery_log: DeliveryLog, webhooks: Webhooks, receiver: Receiver, send_due: SendDue
) -> None:
    number, _ = webhooks.add(receiver.url, [Event.REJECTED])

    delivery_log.send_test(number)
    send_due()

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
    outbox.fan_out()
    other = DeliveryQueue(database, clock, b"another secret than the web server's")
    webhook_sender = WebhookSender(other, LOCAL, clock)

    for webhook in other.lease(1):
        webhook_sender.send_due(webhook)

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
    send_due: SendDue,
) -> None:
    """Its id is lower than one that was told already: a cursor over ids would pass it by."""
    late, early = add(), add()
    approval = ModeratorDecision(
        Status.APPROVED, Moderators(database, clock).add("Bea").id, clock()
    )
    send_due()
    receiver.received.clear()
    with database.write() as connection:
        decide_comment(connection, as_seen(late), approval, ALL_SITES)
        decide(early, Status.REJECTED)
        send_due()
        first = received_events(receiver)
    send_due()

    assert [kind for kind, _ in first] == ["comment.rejected", "comment.decided"]
    assert [kind for kind, _ in received_events(receiver)[2:]] == [
        "comment.published",
        "comment.decided",
    ]
