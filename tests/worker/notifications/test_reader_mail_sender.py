"""Mails to readers: by a real mail server, on both databases."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import structlog

from moderation.accounts.moderators import ALL_SITES
from moderation.comments import Comment, Status
from moderation.notifications.reader_mails import REPLIES_A_DAY, MailWish, address_hash
from moderation.policy import Decision
from moderation.review.notes import RejectReason
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.erasures import Erasures
from moderation.storage.notifications.outbox import Outbox
from moderation.storage.reader_mail.subscription_ends import SubscriptionEnds
from moderation.storage.reader_mail.subscriptions import Subscriptions
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.schema.subscriptions import mail_addresses, reader_mails, subscriptions
from moderation.storage.sites.site_removal import SiteRemoval
from tests.support.clock import FakeClock
from tests.support.concurrency import together
from tests.support.flagged_comments import DOUBTFUL, GOOD, as_seen
from tests.support.reader_mails import ReaderMailbox, mailing_readers
from tests.support.webhook_receiver import Receiver
from tests.support.webhooks import SECRET, Add, Decide, SendDue

ADA = "ada@example.org"
Subscribe = Callable[..., None]


@pytest.fixture
def mailbox(database: Database, clock: FakeClock, site: Site) -> Iterator[ReaderMailbox]:
    with mailing_readers(database, clock) as mailbox:
        yield mailbox


@pytest.fixture
def subscribe(database: Database, clock: FakeClock, site: Site) -> Subscribe:
    def subscribe(comment: Comment, address: str = ADA, language: str = "en") -> None:
        """The address of the comment's author, confirmed."""
        known_by = address_hash(SECRET, site.id, address)
        wish = MailWish(site.id, address, known_by, language, is_proven=True)
        Subscriptions(database, clock).add(comment.id, wish)

    return subscribe


def reply(add: Add, to: Comment, decision: Decision = GOOD, **fields: str) -> Comment:
    return add(decision, parent=to.id, **{"name": "Bob", **fields})


def rows(database: Database) -> list[int]:
    """How many rows there are of each of the three tables."""
    with database.read() as connection:
        tables = (mail_addresses, subscriptions, reader_mails)
        return [len(connection.execute(table.select()).all()) for table in tables]


def test_a_reply_is_told_once_it_is_public(
    mailbox: ReaderMailbox, add: Add, subscribe: Subscribe, decide: Decide
) -> None:
    comment = add(GOOD, title="Of\r\nBees\u202e", url="https://paper.example/a")
    subscribe(comment)
    waiting = reply(add, comment, DOUBTFUL)
    assert mailbox.send() == 0

    decide(waiting, Status.APPROVED)
    assert mailbox.send() == 1

    [mail] = mailbox.postbox.mails
    assert mailbox.postbox.recipients == [ADA]
    assert mail["Subject"] == "Bob replied to you on Demo"
    stop = mailbox.links()[0]
    assert stop.startswith("/mail/stop/")
    assert mailbox.text() == (
        "Bob replied to your comment on “Of Bees”.\n\n"
        f"Read it here:\nhttps://paper.example/a#parley-{waiting.id}\n\n"
        f"To get no more of these mails, open:\nhttps://comments.example{stop}\n"
    )
    assert {name: mail[name] for name in mail if name not in ("Message-ID", "Subject")} == {
        "From": "Parley <parley@example.org>",
        "To": ADA,
        "Date": "Sat, 31 Jan 2026 12:00:00 +0000",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<https://comments.example{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "MIME-Version": "1.0",
    }


def test_what_is_held_and_released_is_told_once(
    mailbox: ReaderMailbox, add: Add, subscribe: Subscribe, decide: Decide
) -> None:
    comment = add(DOUBTFUL)
    subscribe(comment)
    comment = decide(comment, Status.APPROVED)
    answer = reply(add, comment)
    assert mailbox.send() == 2

    for one in (answer, comment):
        decide(decide(one, Status.FLAGGED), Status.APPROVED)

    assert mailbox.send() == 0


def test_a_decision_is_told_with_the_moderators_reason(
    mailbox: ReaderMailbox,
    add: Add,
    subscribe: Subscribe,
    database: Database,
    clock: FakeClock,
    reject: Callable[[Comment], Comment],
) -> None:
    comment = add(DOUBTFUL)
    subscribe(comment, language="de")

    reject(comment)
    assert mailbox.send() == 1

    assert (
        mailbox.postbox.mails[0]["Subject"] == "Ihr Kommentar auf Demo wurde nicht veröffentlicht"
    )
    assert "Der Grund der Moderation: Er ist Spam." in mailbox.text()
    assert f"https://comments.example/own/{comment.id}/" in mailbox.text()
    assert comment.text not in mailbox.text()


@pytest.fixture
def reject(database: Database, clock: FakeClock) -> Callable[[Comment], Comment]:
    def reject(comment: Comment) -> Comment:
        anna = Moderators(database, clock).add("Berta")
        queue = ReviewQueue(database, clock, ALL_SITES)
        return queue.decide(
            as_seen(comment), Status.REJECTED, moderator_id=anna.id, reason=RejectReason.SPAM
        )

    return reject


def test_what_is_published_at_once_is_not_told(
    mailbox: ReaderMailbox, add: Add, subscribe: Subscribe, clock: FakeClock
) -> None:
    subscribe(add(GOOD))

    assert mailbox.send() == 0


def test_ones_own_reply_is_not_told(mailbox: ReaderMailbox, add: Add, subscribe: Subscribe) -> None:
    network = Submitter("a" * 32)
    comment = add(GOOD, sender=network)
    subscribe(comment)
    add(GOOD, sender=network, parent=comment.id)
    own = add(DOUBTFUL, parent=comment.id, name="Ada Lovelace")
    subscribe(own)

    assert mailbox.send() == 0


def test_nothing_is_sent_where_nothing_is_confirmed(
    mailbox: ReaderMailbox, add: Add, database: Database, clock: FakeClock, site: Site
) -> None:
    comment = add(GOOD)
    wish = MailWish(site.id, ADA, address_hash(SECRET, site.id, ADA), "en")
    Subscriptions(database, clock).add(comment.id, wish)
    reply(add, comment)

    assert mailbox.send() == 1

    assert [mail["Subject"] for mail in mailbox.postbox.mails] == [
        "Confirm your e-mail address for Demo"
    ]


def test_a_site_that_mails_nobody_any_more_sends_nothing(
    mailbox: ReaderMailbox, add: Add, subscribe: Subscribe, sites: Sites
) -> None:
    comment = add(GOOD)
    subscribe(comment)
    sites.change("demo", lambda site: replace(site, reader_mail=False))
    reply(add, comment)

    assert mailbox.send() == 0


def test_after_many_replies_in_a_day_the_rest_come_as_a_number(
    mailbox: ReaderMailbox, add: Add, subscribe: Subscribe, clock: FakeClock
) -> None:
    comment = add(GOOD)
    subscribe(comment)
    for number in range(REPLIES_A_DAY + 3):
        reply(add, comment, text=f"Answer number {number} of many.")
    assert mailbox.send() == REPLIES_A_DAY
    clock.advance(23 * 3600)
    assert mailbox.send() == 0

    clock.advance(2 * 3600)
    assert mailbox.send() == 1

    assert "More replies since the last mail: 2." in mailbox.text()
    clock.advance(48 * 3600)
    assert mailbox.send() == 0


def test_a_server_that_is_away_keeps_the_mails(
    mailbox: ReaderMailbox, add: Add, subscribe: Subscribe, clock: FakeClock
) -> None:
    comment = add(GOOD)
    subscribe(comment)
    reply(add, comment)
    mailbox.postbox.answers.append("451 later")
    assert mailbox.send() == 0
    assert mailbox.send() == 0

    clock.advance(6)

    assert mailbox.send() == 1


def test_what_could_not_be_sent_for_a_week_is_no_news(
    mailbox: ReaderMailbox, add: Add, subscribe: Subscribe, clock: FakeClock
) -> None:
    comment = add(GOOD)
    subscribe(comment)
    reply(add, comment)
    Outbox(mailbox.database, clock).fan_out()

    clock.advance(7 * 86400)
    SubscriptionEnds(mailbox.database, clock).prune()

    assert mailbox.send() == 0
    assert rows(mailbox.database) == [1, 1, 0]


def test_a_webhook_gets_no_address(
    mailbox: ReaderMailbox,
    add: Add,
    subscribe: Subscribe,
    hook: int,
    receiver: Receiver,
    send_due: SendDue,
) -> None:
    comment = add(GOOD)
    subscribe(comment)
    reply(add, comment)

    assert send_due() == 2
    assert not any(b"ada@" in request.body for request in receiver.received)
    assert mailbox.send() == 1


def test_an_address_without_a_mailbox_is_forgotten(
    mailbox: ReaderMailbox, add: Add, subscribe: Subscribe, database: Database
) -> None:
    comment = add(GOOD)
    subscribe(comment)
    reply(add, comment)
    mailbox.postbox.answers.append("550 5.1.1 no such user here")

    assert mailbox.send() == 0

    assert rows(database) == [1, 0, 0]
    with database.read() as connection:
        assert connection.execute(mail_addresses.select()).one().address is None


def test_a_server_that_relays_nothing_stops_no_address(
    mailbox: ReaderMailbox, add: Add, subscribe: Subscribe, database: Database
) -> None:
    comment = add(GOOD)
    subscribe(comment)
    reply(add, comment)
    mailbox.postbox.answers.append("550 5.7.1 relaying denied")

    assert mailbox.send() == 0

    assert rows(database) == [1, 1, 1]


def test_many_processes_send_each_mail_once(
    mailbox: ReaderMailbox, add: Add, subscribe: Subscribe
) -> None:
    comment = add(GOOD)
    subscribe(comment)
    for number in range(8):
        reply(add, comment, text=f"Answer number {number} of some.")

    together(*[mailbox.send] * 4)
    mailbox.send()

    assert len(mailbox.postbox.mails) == 8


def test_what_a_killed_process_may_have_sent_is_not_sent_again(
    mailbox: ReaderMailbox, add: Add, subscribe: Subscribe, clock: FakeClock
) -> None:
    comment = add(GOOD)
    subscribe(comment)
    reply(add, comment)
    mailbox.send()
    reply(add, comment, text="Another answer, of another reader.")
    dead = mailbox.sender()
    mailbox_queue = dead._queue
    Outbox(mailbox.database, clock).fan_out()
    leased = mailbox_queue.lease()
    assert leased is not None
    assert mailbox.send() == 0
    clock.advance(3600)
    assert mailbox.send() == 1  # it had not begun

    clock.advance(3600)
    assert not mailbox_queue.begin(leased)
    assert mailbox.send() == 0


def test_erasing_a_comment_erases_the_address(
    mailbox: ReaderMailbox, add: Add, subscribe: Subscribe, database: Database, clock: FakeClock
) -> None:
    comment = add(GOOD)
    subscribe(comment)
    reply(add, comment)
    mailbox.send()

    Erasures(database, clock).by_author(comment.id)

    assert rows(database) == [0, 0, 0]
    assert mailbox.send() == 0


def test_a_reply_that_is_erased_before_is_not_told(
    mailbox: ReaderMailbox, add: Add, subscribe: Subscribe, database: Database, clock: FakeClock
) -> None:
    comment = add(GOOD)
    subscribe(comment)
    answer = reply(add, comment)

    Erasures(database, clock).by_author(answer.id)

    assert mailbox.send() == 0


def test_removing_a_site_removes_its_addresses(
    mailbox: ReaderMailbox, add: Add, subscribe: Subscribe, database: Database, removal: SiteRemoval
) -> None:
    comment = add(GOOD)
    subscribe(comment)
    reply(add, comment)
    mailbox.send()

    removal.remove("demo")

    assert rows(database) == [0, 0, 0]


def test_no_address_is_in_a_log(
    mailbox: ReaderMailbox, add: Add, subscribe: Subscribe, clock: FakeClock
) -> None:
    comment = add(GOOD)
    subscribe(comment)
    reply(add, comment)
    mailbox.postbox.answers.extend(["451 later", "550 5.7.1 no", "550 5.1.1 never"])

    with structlog.testing.capture_logs() as lines:
        for _ in range(4):
            mailbox.send()
            clock.advance(3600)

    assert [line["event"] for line in lines] == [
        "mail_server_away",
        "reader_mail_refused",
        "reader_address_refused",
    ]
    assert "ada" not in json.dumps(lines, default=str).lower()
