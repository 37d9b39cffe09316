"""From a decision to an operator's own server: each event, in order, signed."""

import json
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from sqlalchemy import Connection, select

from moderation.comments import Comment, Status
from moderation.deliveries import Outcome
from moderation.moderators import EVERYTHING
from moderation.policy import Decision
from moderation.sites import Site
from moderation.storage import outbox as module
from moderation.storage.comment_tables import comments
from moderation.storage.decision_tables import decisions
from moderation.storage.deliveries import LEASE, Deliveries
from moderation.storage.engine import Database
from moderation.storage.moderators import Moderators
from moderation.storage.outbox import KEPT, Outbox
from moderation.storage.queue import ReviewQueue
from moderation.storage.sent import Sent
from moderation.storage.sites import Sites
from moderation.storage.webhooks import Webhooks
from moderation.webhooks import GIVEN_UP_AFTER, OFF_AFTER, Event, State, signature
from tests.conftest import FakeClock
from tests.flagged import DOUBTFUL, GOOD, SCORES, add_scored
from tests.receiver import Receiver
from tests.together import together
from tests.worker.conftest import LOCAL
from worker.courier import Courier

EVERY = tuple(Event)
Tell = Callable[[], int]


@pytest.fixture
def tell(outbox: Outbox, deliveries: Deliveries, courier: Courier) -> Tell:
    """What the teller does each second, in this thread; returns how many were sent."""

    def tell() -> int:
        outbox.spread()
        return sum(courier.serve(held) for held in deliveries.hold(10))

    return tell


@pytest.fixture
def approve(database: Database, clock: FakeClock) -> Callable[[Comment], Comment]:
    anna = Moderators(database, clock).add("Anna")
    queue = ReviewQueue(database, clock, EVERYTHING)
    return lambda comment: queue.decide(
        comment.id, comment.version, Status.APPROVED, moderator_id=anna.id
    )


def told(receiver: Receiver) -> list[tuple[str, str]]:
    whole = [json.loads(each.body) for each in receiver.received]
    return [(each["type"], each["data"].get("text")) for each in whole]


def test_each_decision_is_told_in_order(
    database: Database,
    clock: FakeClock,
    webhooks: Webhooks,
    receiver: Receiver,
    tell: Tell,
    approve: Callable[[Comment], Comment],
) -> None:
    add_scored(database, clock, text="Before there was a webhook.")
    webhooks.add(receiver.url, EVERY)

    doubtful = add_scored(database, clock, text="You are all fools.")
    add_scored(database, clock, Decision(Status.REJECTED), text="Buy now!")
    add_scored(database, clock, GOOD, text="Well argued.")
    approve(doubtful)

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
    record: Sent,
    database: Database,
    clock: FakeClock,
    webhooks: Webhooks,
    receiver: Receiver,
    tell: Tell,
) -> None:
    number, secret = webhooks.add(receiver.url, EVERY)
    comment = add_scored(database, clock, name="Zoë\u202e", text='</script>"\n\U0001f600')

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
    database: Database,
    clock: FakeClock,
    sites: Sites,
    webhooks: Webhooks,
    receiver: Receiver,
    tell: Tell,
) -> None:
    sites.add(Site(0, "other", "Other", ()))
    webhooks.add(receiver.url, [Event.REJECTED, Event.FLAGGED], site="other")

    add_scored(database, clock, DOUBTFUL, text="of another site")
    add_scored(database, clock, GOOD, site="other", text="of another kind")
    add_scored(database, clock, DOUBTFUL, site="other", text="asked for")
    tell()

    assert told(receiver) == [("comment.flagged", "asked for")]


def test_without_an_active_webhook_nothing_is_noted(
    database: Database, clock: FakeClock, webhooks: Webhooks, receiver: Receiver, outbox: Outbox
) -> None:
    assert not outbox.needed()
    add_scored(database, clock)
    number, _ = webhooks.add(receiver.url, EVERY)
    assert outbox.needed()
    webhooks.switch(number, on=False)
    add_scored(database, clock)

    assert outbox.spread() == 0
    assert not outbox.needed()


def test_what_fails_is_sent_again_later_with_the_same_id_and_keeps_its_order(
    record: Sent,
    database: Database,
    clock: FakeClock,
    webhooks: Webhooks,
    receiver: Receiver,
    tell: Tell,
) -> None:
    number, _ = webhooks.add(receiver.url, EVERY)
    receiver.answers[:] = [500, 503]
    for text in ("first", "second"):
        add_scored(database, clock, text=text)

    sent = [tell()]
    for seconds in (4, 1, 14, 1):
        clock.advance(seconds)
        sent.append(tell())

    assert sent == [1, 0, 1, 0, 2]
    assert [text for _, text in told(receiver)] == ["first", "first", "first", "second"]
    assert len({each.headers["webhook-id"] for each in receiver.received}) == 2
    stamps = [int(each.headers["webhook-timestamp"]) for each in receiver.received]
    assert [stamp - stamps[0] for stamp in stamps] == [0, 5, 20, 20]
    assert [each.attempts for each in record.newest(number)] == [1, 3]
    assert webhooks.get(number).failing_since is None


def test_one_refused_delivery_does_not_hold_up_the_next(
    database: Database, clock: FakeClock, webhooks: Webhooks, receiver: Receiver, tell: Tell
) -> None:
    webhooks.add(receiver.url, EVERY)
    receiver.answers[:] = [422]
    for text in ("first", "second"):
        add_scored(database, clock, text=text)

    assert tell() == 2
    clock.advance(5)
    assert tell() == 1
    assert [text for _, text in told(receiver)] == ["first", "second", "first"]


def test_who_refuses_everything_rests_too(
    database: Database, clock: FakeClock, webhooks: Webhooks, receiver: Receiver, tell: Tell
) -> None:
    number, _ = webhooks.add(receiver.url, EVERY)
    receiver.answers[:] = [404] * 9
    for _ in range(9):
        add_scored(database, clock)

    assert tell() == 3
    assert webhooks.get(number).resting_until == clock() + timedelta(seconds=45)


def test_a_receiver_that_asks_for_time_gets_it(
    database: Database, clock: FakeClock, webhooks: Webhooks, receiver: Receiver, tell: Tell
) -> None:
    def busy(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(429)
        handler.send_header("Retry-After", "600")
        handler.end_headers()

    webhooks.add(receiver.url, EVERY)
    receiver.answers[:] = [busy]
    add_scored(database, clock)

    assert tell() == 1
    clock.advance(599)
    assert tell() == 0
    clock.advance(1)
    assert tell() == 1


def test_a_delivery_is_given_up_after_days_and_can_be_sent_again(
    record: Sent,
    database: Database,
    clock: FakeClock,
    webhooks: Webhooks,
    receiver: Receiver,
    tell: Tell,
) -> None:
    number, _ = webhooks.add(receiver.url, EVERY)
    receiver.answers[:] = [500, 500]
    add_scored(database, clock)
    tell()
    clock.advance(GIVEN_UP_AFTER.total_seconds())
    tell()

    [failed] = record.newest(number)
    clock.advance(86_400)
    nothing = tell()
    record.send_again(number, failed.id)

    assert (failed.state, failed.problem, nothing) == (State.FAILED, "it answered 500", 0)
    assert tell() == 1
    assert record.newest(number)[0].state is State.DELIVERED


def test_a_webhook_is_switched_off_after_days_of_failure_and_on_again(
    database: Database, clock: FakeClock, webhooks: Webhooks, receiver: Receiver, tell: Tell
) -> None:
    number, _ = webhooks.add(receiver.url, EVERY)
    receiver.answers[:] = [500] * 99
    for _ in range(OFF_AFTER.days + 1):
        add_scored(database, clock)
        tell()
        clock.advance(86_400)

    off = webhooks.get(number)
    assert not off.active
    assert off.problem == (
        "switched off: nothing arrived since 2026-01-31; at last it answered 500"
    )
    add_scored(database, clock, text="decided meanwhile")
    receiver.answers.clear()
    receiver.received.clear()
    webhooks.switch(number, on=True)
    add_scored(database, clock, text="decided later")
    tell()
    assert webhooks.get(number).problem is None
    texts = [text for _, text in told(receiver)]
    assert texts[-1] == "decided later"
    assert "decided meanwhile" not in texts


def test_gone_means_never_again(
    database: Database, clock: FakeClock, webhooks: Webhooks, receiver: Receiver, tell: Tell
) -> None:
    number, _ = webhooks.add(receiver.url, EVERY)
    receiver.answers[:] = [410]
    for _ in range(2):
        add_scored(database, clock)

    assert tell() == 1
    off = webhooks.get(number)
    assert (off.active, off.problem) == (
        False,
        "switched off: it answered 410 Gone, which means never again",
    )


def test_switched_off_while_it_is_being_told_it_stays_off(
    record: Sent,
    database: Database,
    clock: FakeClock,
    webhooks: Webhooks,
    receiver: Receiver,
    tell: Tell,
) -> None:
    number, _ = webhooks.add(receiver.url, EVERY)

    def switch_off(handler: BaseHTTPRequestHandler) -> None:
        webhooks.switch(number, on=False)
        handler.send_response(200)
        handler.end_headers()

    receiver.answers[:] = [switch_off]
    for _ in range(2):
        add_scored(database, clock)

    assert tell() == 1
    assert not webhooks.get(number).active
    assert [each.state for each in record.newest(number)] == ["waiting", "delivered"]


def test_removed_while_it_is_being_told_it_is_gone(
    record: Sent,
    database: Database,
    clock: FakeClock,
    webhooks: Webhooks,
    receiver: Receiver,
    tell: Tell,
) -> None:
    number, _ = webhooks.add(receiver.url, EVERY)

    def remove(handler: BaseHTTPRequestHandler) -> None:
        webhooks.remove(number)
        handler.send_response(200)
        handler.end_headers()

    receiver.answers[:] = [remove]
    for _ in range(2):
        add_scored(database, clock)

    assert tell() == 1
    assert (webhooks.all(), record.newest(number)) == ([], [])


def test_many_workers_tell_each_event_once(
    database: Database,
    clock: FakeClock,
    webhooks: Webhooks,
    receiver: Receiver,
    outbox: Outbox,
    deliveries: Deliveries,
) -> None:
    for _ in range(3):
        webhooks.add(receiver.url, EVERY)
    for text in map(str, range(20)):
        add_scored(database, clock, text=f"text {text}")

    def work() -> None:
        courier = Courier(deliveries, LOCAL, clock)
        for _ in range(5):
            outbox.spread()
            for held in deliveries.hold(1):
                courier.serve(held)

    assert together(*[work] * 4) == [None] * 4

    ids = [each.headers["webhook-id"] for each in receiver.received]
    assert (len(ids), len(set(ids))) == (60, 60)


def test_a_worker_that_died_is_relieved_when_its_lease_ends(
    database: Database,
    clock: FakeClock,
    webhooks: Webhooks,
    receiver: Receiver,
    outbox: Outbox,
    deliveries: Deliveries,
    tell: Tell,
) -> None:
    webhooks.add(receiver.url, EVERY)
    add_scored(database, clock)
    outbox.spread()
    [held] = deliveries.hold(1)
    due = deliveries.next(held)
    assert due

    clock.advance(LEASE.total_seconds())
    early = tell()
    clock.advance(1)
    late = tell()

    assert (early, late) == (0, 1)
    assert deliveries.next(held) is None
    assert not deliveries.settle(held, due, Outcome(500, "it answered 500"))
    assert len(receiver.received) == 1


def test_a_worker_with_another_secret_sends_nothing(
    database: Database,
    clock: FakeClock,
    webhooks: Webhooks,
    receiver: Receiver,
    outbox: Outbox,
) -> None:
    number, _ = webhooks.add(receiver.url, EVERY)
    add_scored(database, clock)
    outbox.spread()
    other = Deliveries(database, clock, b"another secret than the web server's")
    courier = Courier(other, LOCAL, clock)

    for held in other.hold(1):
        courier.serve(held)

    problem = "the worker has another PARLEY_SECRET_KEY than made this webhook"
    assert receiver.received == []
    assert webhooks.get(number).problem == problem


def test_a_test_is_sent_like_any_event(
    record: Sent, webhooks: Webhooks, receiver: Receiver, tell: Tell, clock: FakeClock
) -> None:
    number, _ = webhooks.add(receiver.url, [Event.REJECTED])

    record.send_test(number)
    tell()

    assert json.loads(receiver.received[0].body) == {
        "type": "webhook.test",
        "timestamp": "2026-01-31T12:00:00+00:00",
        "data": {"hello": "from Parley"},
    }


def test_what_is_over_and_done_is_forgotten(
    record: Sent,
    database: Database,
    clock: FakeClock,
    webhooks: Webhooks,
    receiver: Receiver,
    outbox: Outbox,
    tell: Tell,
) -> None:
    number, _ = webhooks.add(receiver.url, EVERY)
    for _ in range(2):
        add_scored(database, clock)
    receiver.answers[:] = [204, 500]
    tell()
    clock.advance(KEPT.total_seconds())
    kept = outbox.prune()
    clock.advance(1)

    assert (kept, outbox.prune()) == (0, 1)
    assert [each.state for each in record.newest(number)] == ["waiting"]


def test_what_waits_for_a_webhook_that_is_off_holds_up_no_forgetting(
    record: Sent,
    database: Database,
    clock: FakeClock,
    webhooks: Webhooks,
    receiver: Receiver,
    outbox: Outbox,
    tell: Tell,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PRUNED_AT_ONCE", 2)
    off, failing, well = (webhooks.add(receiver.url, EVERY)[0] for _ in range(3))
    for _ in range(2):
        add_scored(database, clock)
    receiver.answers[:] = [500, 500]
    tell()
    webhooks.switch(off, on=False)
    clock.advance(KEPT.total_seconds() + 1)
    record.send_again(off, record.newest(off)[0].id)

    assert [outbox.prune() for _ in range(3)] == [2, 1, 0]
    states = [[each.state for each in record.newest(number)] for number in (off, failing, well)]
    assert states == [["waiting"], ["waiting"] * 2, []]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_decision_that_commits_late_is_told_all_the_same(
    database: Database, clock: FakeClock, webhooks: Webhooks, receiver: Receiver, tell: Tell
) -> None:
    """Its id is lower than one that was told already: a cursor over ids would pass it by."""
    webhooks.add(receiver.url, EVERY)
    late, early = add_scored(database, clock), add_scored(database, clock)
    tell()
    receiver.received.clear()
    anna = Moderators(database, clock).add("Anna")
    queue = ReviewQueue(database, clock, EVERYTHING)
    with database.write() as connection:
        decide_within(connection, late, clock)
        queue.decide(early.id, early.version, Status.REJECTED, moderator_id=anna.id)
        tell()
        first = told(receiver)
    tell()

    assert [kind for kind, _ in first] == ["comment.rejected", "comment.decided"]
    assert [kind for kind, _ in told(receiver)[2:]] == ["comment.published"]


def decide_within(connection: Connection, comment: Comment, clock: FakeClock) -> None:
    """A decision in a transaction that stays open."""
    this = select(comments.c.id).where(comments.c.public_id == comment.id)
    values = {
        "comment_id": connection.execute(this).scalar_one(),
        "version": comment.version + 1,
        "who": "policy",
        "from_status": Status.FLAGGED,
        "to_status": Status.APPROVED,
        "reasons": [],
        "decided_at": clock(),
    }
    connection.execute(decisions.insert().values(values))
