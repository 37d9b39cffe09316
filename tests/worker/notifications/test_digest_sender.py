"""Mail about what waits: once in each period, to whom it concerns, by a real mail server."""

import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from functools import partial
from pathlib import Path

import pytest

from moderation.accounts.moderators import ALL_SITES, Moderator, Role
from moderation.comments import Status
from moderation.config.mail_server import MailServer
from moderation.notifications.digest_confirmation import confirm_token
from moderation.notifications.digests import (
    ClaimedDigest,
    DigestFrequency,
    Links,
    SiteWaiting,
    digest_mail,
    period_of,
    stop_token,
)
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles
from moderation.storage.accounts.sign_in import SignIn
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.notifications.digest_preferences import DigestPreferences
from moderation.storage.notifications.due_digests import DueDigests
from moderation.storage.notifications.unconfirmed_digests import UnconfirmedDigests
from moderation.storage.review.queue import ReviewQueue
from tests.support.certificate import certificate
from tests.support.clock import START, FakeClock
from tests.support.concurrency import together
from tests.support.flagged_comments import add_scored, as_seen
from tests.support.smtp_server import Postbox, receiving_mail
from tests.support.webhooks import SECRET
from worker.notifications.digest_sender import DigestSender, DigestSettings
from worker.notifications.smtp import MailRefused, MailServerAway, send_mail

Wants = Callable[..., str]
PARLEY = Address("Parley", "parley", "example.org")


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with receiving_mail() as postbox:
        yield postbox


@pytest.fixture
def digests(database: Database, clock: FakeClock) -> DigestPreferences:
    return DigestPreferences(database, clock)


def digest_sender_of(database: Database, clock: FakeClock, postbox: Postbox) -> DigestSender:
    server = MailServer("smtp", "127.0.0.1", postbox.port, PARLEY)
    return DigestSender(
        DueDigests(database, clock),
        UnconfirmedDigests(database, clock),
        DigestSettings(server, "https://comments.example", SECRET),
        clock,
    )


@pytest.fixture
def digest_sender(database: Database, clock: FakeClock, postbox: Postbox) -> DigestSender:
    return digest_sender_of(database, clock, postbox)


@pytest.fixture
def wants(database: Database, clock: FakeClock, digests: DigestPreferences, site: Site) -> Wants:
    def wants(name: str, every: DigestFrequency = DigestFrequency.HOURLY) -> str:
        """A moderator of this name chooses; returns a session of theirs."""
        moderators = Moderators(database, clock)
        moderators.add(name)
        session = SignIn(database, clock).by_link(moderators.new_link(name))
        address = f"{name.lower()}@example.org"
        digests.choose(session, every, address)
        digests.confirm(moderators.get(name).id, address)
        return session

    return wants


def test_it_says_how_many_wait_where_and_nothing_of_what_they_say(
    database: Database,
    clock: FakeClock,
    sites: Sites,
    wants: Wants,
    digest_sender: DigestSender,
    postbox: Postbox,
) -> None:
    wants("Anna")
    sites.add(Site(0, "other", "The\r\nBcc: all@example.org\u202e paper", ()))
    for text in ("You are all fools.", "And so are you."):
        add_scored(database, clock, text=text, name="Mallory")
    clock.advance(3 * 3600)
    add_scored(database, clock, site="other")

    assert digest_sender.send_due() == 1

    [mail] = postbox.mails
    assert postbox.recipients == ["anna@example.org"]
    stop = (
        f"https://comments.example/moderate/digest/stop/{stop_token(SECRET, 1, 'anna@example.org')}"
    )
    assert mail.get_content().replace("\r\n", "\n") == (
        "3 comments wait for you:\n"
        "\n"
        "       2  Demo, the oldest for 3 hours\n"
        "       1  The Bcc: all@example.org paper, the oldest for less than a minute\n"
        "\n"
        "Open the queue: https://comments.example/moderate\n"
        "\n"
        "What they say is not in this mail: every server on its way keeps copies, and what\n"
        "readers wrote stays with Parley.\n"
        "\n"
        "You get this at most once an hour, while something waits. Change that at\n"
        f"https://comments.example/moderate/account or stop it here:\n{stop}\n"
    )
    assert f"\r\nList-Unsubscribe: <{stop}>\r\n".encode() in postbox.sources[0]
    assert dict(mail.items()) == {
        "From": "Parley <parley@example.org>",
        "To": "anna@example.org",
        "Subject": "3 comments wait",
        "Date": "Sat, 31 Jan 2026 15:00:00 +0000",
        "Message-ID": mail["Message-ID"],
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "MIME-Version": "1.0",
    }


@pytest.mark.parametrize(
    ("every", "hours"), [(DigestFrequency.HOURLY, [1, 2, 3]), (DigestFrequency.DAILY, [19, 43, 67])]
)
def test_it_comes_once_in_a_period(
    database: Database,
    clock: FakeClock,
    wants: Wants,
    digest_sender: DigestSender,
    every: DigestFrequency,
    hours: list[int],
) -> None:
    """From 12:00 on; a day begins at 7:00."""
    wants("Anna", every)
    add_scored(database, clock)

    sent = [digest_sender.send_due()]
    for _ in range(hours[-1]):
        clock.advance(3600)
        sent.append(digest_sender.send_due() + digest_sender.send_due())

    assert [number for number, mails in enumerate(sent) if mails] == hours


def test_nothing_waits_and_nothing_is_sent(
    database: Database, clock: FakeClock, wants: Wants, digest_sender: DigestSender
) -> None:
    wants("Anna")
    clock.advance(3600)

    nothing = digest_sender.send_due()
    comment = add_scored(database, clock)
    later = digest_sender.send_due()
    clock.advance(3600)
    ReviewQueue(database, clock, ALL_SITES).decide(
        as_seen(comment), Status.REJECTED, moderator_id=1
    )

    assert (nothing, later, digest_sender.send_due()) == (0, 0, 0)


def test_many_workers_send_each_mail_once(
    database: Database,
    clock: FakeClock,
    wants: Wants,
    digest_sender: DigestSender,
    postbox: Postbox,
) -> None:
    for number in range(5):
        wants(f"Anna{number}")
    add_scored(database, clock)
    clock.advance(3600)

    outcomes = together(*[digest_sender.send_due] * 4)

    numbers = [number for number in outcomes if isinstance(number, int)]
    assert (len(numbers), sum(numbers)) == (4, 5)
    assert sorted(postbox.recipients) == [f"anna{number}@example.org" for number in range(5)]


def test_each_counts_what_is_theirs_and_who_is_let_in_no_more_gets_none(
    database: Database,
    clock: FakeClock,
    sites: Sites,
    wants: Wants,
    digest_sender: DigestSender,
    postbox: Postbox,
) -> None:
    for name in ("Admin", "Lina", "Gone"):
        wants(name)
    sites.add(Site(0, "other", "Other", ()))
    add_scored(database, clock, site="other")
    people = Roles(database, clock)
    people.set_role("Lina", Role.VIEWER, sites=["demo"])
    people.deactivate("Gone")
    clock.advance(3600)

    assert digest_sender.send_due() == 1
    assert postbox.recipients == ["admin@example.org"]


def test_a_server_that_is_away_is_tried_again_soon(
    database: Database,
    clock: FakeClock,
    wants: Wants,
    digests: DigestPreferences,
    digest_sender: DigestSender,
    postbox: Postbox,
) -> None:
    wants("Anna")
    add_scored(database, clock)
    clock.advance(3600)
    postbox.answers[:] = ["451 later"]

    away = digest_sender.send_due()
    problem = digests.get(1)
    clock.advance(599)
    early = digest_sender.send_due()
    clock.advance(1)
    late = digest_sender.send_due()

    assert (away, early, late, len(postbox.mails)) == (0, 0, 1, 1)
    assert problem
    assert problem.problem == "the mail server answered with code 451"
    assert digests.get(1) == replace(problem, problem=None)


def test_a_refused_address_is_told_of_and_waits_for_the_next_period(
    database: Database,
    clock: FakeClock,
    wants: Wants,
    digests: DigestPreferences,
    digest_sender: DigestSender,
    postbox: Postbox,
) -> None:
    for name in ("Anna", "Bea"):
        wants(name)
    add_scored(database, clock)
    clock.advance(3600)
    postbox.answers[:] = ["550 no such user"]

    sent = [digest_sender.send_due(), digest_sender.send_due()]

    assert sent == [1, 0]
    preference = digests.get(1)
    assert preference
    assert preference.problem == "the mail server refused it with code 550"


def test_a_look_ends_by_itself_and_one_goes_on_at_a_time(
    database: Database,
    clock: FakeClock,
    wants: Wants,
    digest_sender: DigestSender,
    postbox: Postbox,
) -> None:
    wants("Anna")
    add_scored(database, clock)
    clock.advance(3600)

    for _ in range(3):
        digest_sender.thread.start()
    digest_sender.thread.finish(20)

    assert len(postbox.mails) == 1


def test_stopped_it_sends_no_second_mail_which_another_worker_does(
    database: Database,
    clock: FakeClock,
    wants: Wants,
    digest_sender: DigestSender,
    postbox: Postbox,
) -> None:
    for name in ("Anna", "Bea"):
        wants(name)
    add_scored(database, clock)
    clock.advance(3600)
    relief = digest_sender_of(database, clock, postbox)

    digest_sender.thread.stop.set()

    assert (digest_sender.send_due(), relief.send_due()) == (1, 1)
    assert sorted(postbox.recipients) == ["anna@example.org", "bea@example.org"]


def mail(title: str = "Zoë's paper") -> EmailMessage:
    moderator = Moderator(1, "Anna", False, START)
    claimed = ClaimedDigest(moderator, DigestFrequency.DAILY, "anna@example.org", 2, 1)
    links = Links("https://a.example", "https://b.example", "https://c.example")
    sites = [SiteWaiting(title, 7, 3, START)]
    return digest_mail(claimed, sites, links, sender=PARLEY, now=START)


def test_a_title_is_one_line_that_hides_nothing_also_with_new_emoji() -> None:
    text = mail("Zoë's\u202e paper\r\n\u2028Bcc: \U0001fae8").get_content()

    assert "  Zoë's paper Bcc: \U0001fae8, the oldest for" in text
    assert ", 3 likely to be rejected\n" in text


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
@pytest.mark.parametrize(
    ("password", "trusted", "arrived"),
    [("right p@ss", True, True), ("wrong", True, False), ("right p@ss", False, False)],
)
def test_it_is_sent_over_tls_with_a_password(
    tmp_path: Path, scheme: str, password: str, trusted: bool, arrived: bool
) -> None:
    path = certificate(tmp_path, "localhost")
    server_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_side.load_cert_chain(path)
    trust = partial(ssl.create_default_context, cafile=str(path) if trusted else None)
    with receiving_mail(server_side, starttls=scheme == "smtp+starttls") as postbox:
        server = MailServer(scheme, "localhost", postbox.port, PARLEY, "anna", password)
        if arrived:
            send_mail(server, mail(), trust)
        else:
            with pytest.raises(MailServerAway):
                send_mail(server, mail(), trust)

    assert len(postbox.mails) == arrived
    assert set(postbox.logins) == ({("anna", password)} if trusted else set())


def test_a_server_without_encryption_gets_no_password(postbox: Postbox) -> None:
    server = MailServer("smtp+starttls", "127.0.0.1", postbox.port, PARLEY, "anna", "secret")

    with pytest.raises(MailServerAway):
        send_mail(server, mail())

    assert postbox.logins == []


def test_a_name_below_localhost_is_this_machine(postbox: Postbox) -> None:
    send_mail(MailServer("smtp", "mail.parley.localhost", postbox.port, PARLEY), mail())

    assert postbox.recipients == ["anna@example.org"]


def test_no_server_is_told_of_as_one_that_is_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(MailServerAway, match="could not be reached"):
        send_mail(MailServer("smtp", "127.0.0.1", port, PARLEY), mail())


def test_a_refusal_that_stays_is_told_of_as_one(postbox: Postbox) -> None:
    postbox.answers[:] = ["552 too much"]

    with pytest.raises(MailRefused, match="code 552"):
        send_mail(MailServer("smtp", "127.0.0.1", postbox.port, PARLEY), mail())


def test_a_day_begins_at_seven() -> None:
    days = [
        period_of(DigestFrequency.DAILY, datetime(2026, 1, 2, hour, minute, tzinfo=UTC))
        for hour, minute in ((0, 0), (6, 59), (7, 0), (23, 59))
    ]

    assert [day - days[0] for day in days] == [0, 0, 1, 1]


def test_no_digest_goes_to_an_address_before_it_is_confirmed(
    database: Database,
    clock: FakeClock,
    digests: DigestPreferences,
    digest_sender: DigestSender,
    postbox: Postbox,
    site: Site,
) -> None:
    moderators = Moderators(database, clock)
    moderators.add("Anna")
    session = SignIn(database, clock).by_link(moderators.new_link("Anna"))
    digests.choose(session, DigestFrequency.HOURLY, "anna@example.org")
    add_scored(database, clock)
    clock.advance(2 * 3600)

    asked = [digest_sender.ask_addresses(), digest_sender.ask_addresses()]
    sent = digest_sender.send_due()

    assert (asked, sent) == ([1, 0], 0)
    [mail] = postbox.mails
    link = confirm_token(SECRET, 1, "anna@example.org")
    assert f"https://comments.example/moderate/digest/confirm/{link}" in mail.get_content()
    digests.confirm(1, "anna@example.org")
    assert digest_sender.send_due() == 1


def test_a_mail_server_that_is_away_asks_later(
    database: Database,
    clock: FakeClock,
    digests: DigestPreferences,
    digest_sender: DigestSender,
    postbox: Postbox,
) -> None:
    moderators = Moderators(database, clock)
    moderators.add("Anna")
    session = SignIn(database, clock).by_link(moderators.new_link("Anna"))
    digests.choose(session, DigestFrequency.HOURLY, "anna@example.org")
    postbox.answers.append("451 later")

    first = digest_sender.ask_addresses()
    clock.advance(601)

    assert (first, digest_sender.ask_addresses()) == (0, 1)
