"""An e-mail address with a comment: asked, confirmed and stopped by who reads mail there."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.schema.subscriptions import mail_addresses, subscriptions
from moderation.storage.sites.site_keys import SiteKeys
from service.reader_mail.wishes import ADDRESS_LIMITS, NETWORK_LIMIT, SERVER_LIMIT
from tests.support.clock import FakeClock
from tests.support.reader_mails import PUBLIC_URL, ReaderMailbox, mailing_readers
from tests.support.web_app import ORIGIN, MakeApp

ADA = "ada@example.org"
COMMENT = {"site": "demo", "page": "/a", "name": "Ada", "text": "Well argued, thank you."}
FROM_SITE = {"Origin": ORIGIN}


@pytest.fixture
def mailbox(database: Database, clock: FakeClock, site: Site) -> Iterator[ReaderMailbox]:
    with mailing_readers(database, clock) as mailbox:
        yield mailbox


@pytest.fixture
def client(make_app: MakeApp, mailbox: ReaderMailbox) -> FlaskClient:
    return make_app(mail=mailbox.server, public_url=PUBLIC_URL).test_client()


def submit(client: FlaskClient, *, headers: dict[str, str] = FROM_SITE, **fields: object) -> Any:
    answer = client.post("/v1/comments", json={**COMMENT, **fields}, headers=headers)
    assert answer.status_code == 202, answer.get_data(as_text=True)
    return answer.get_json()


def addresses(database: Database) -> list[str | None]:
    with database.read() as connection:
        query = mail_addresses.select().order_by(mail_addresses.c.id)
        return [row.address for row in connection.execute(query)]


def is_confirmed(database: Database) -> list[bool]:
    with database.read() as connection:
        query = subscriptions.select().order_by(subscriptions.c.comment_id)
        return [row.confirmed_at is not None for row in connection.execute(query)]


def test_an_address_is_asked_and_confirmed_by_a_button(
    client: FlaskClient, mailbox: ReaderMailbox, database: Database
) -> None:
    assert submit(client, email=" Ada@Example.org ")["mail"] == "asked"
    assert mailbox.send() == 1
    assert mailbox.postbox.recipients == ["Ada@example.org"]

    link = mailbox.links()[0]
    page = client.get(link, headers={"Accept-Language": "de"})
    assert "Ja, diese Mails schicken" in page.get_data(as_text=True)
    assert is_confirmed(database) == [False]

    assert "It is being checked." in client.post(link).get_data(as_text=True)
    assert is_confirmed(database) == [True]
    assert client.post(link).status_code == 200


def test_the_question_is_in_the_readers_language(
    client: FlaskClient, mailbox: ReaderMailbox
) -> None:
    submit(client, headers={**FROM_SITE, "Accept-Language": "fr-CA"}, email=ADA)
    mailbox.send()

    assert mailbox.postbox.mails[0]["Subject"] == "Confirmez votre adresse e-mail pour Demo"


def test_a_link_is_good_for_seven_days(
    client: FlaskClient, mailbox: ReaderMailbox, clock: FakeClock, database: Database
) -> None:
    submit(client, email=ADA)
    mailbox.send()
    link = mailbox.links()[0]

    clock.advance(7 * 86400)

    assert client.post(link).status_code == 404
    assert client.application.extensions["parley"].subscription_ends.prune() is False
    assert addresses(database) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda link: link[:-1] + ("0" if link[-1] != "0" else "1"),
        lambda link: link.replace("confirm", "stop"),
    ],
)
def test_a_link_that_is_not_ours_does_nothing(
    client: FlaskClient, mailbox: ReaderMailbox, database: Database, change: Any
) -> None:
    submit(client, email=ADA)
    mailbox.send()
    link = mailbox.links()[0]

    assert client.post(change(link)).status_code == 404
    assert (addresses(database), is_confirmed(database)) == ([ADA], [False])


def test_a_confirmed_address_is_asked_again_of_anybody_else(
    client: FlaskClient, mailbox: ReaderMailbox, database: Database
) -> None:
    first = submit(client, email=ADA)
    mailbox.send()
    client.post(mailbox.links()[0])

    assert submit(client, email=ADA, text="Not by Ada.")["mail"] == "asked"
    own = {**FROM_SITE, "Parley-Author-Token": first["author_token"]}
    again = submit(client, headers=own, email=ADA, earlier=first["id"], text="By Ada again.")
    assert again["mail"] == "confirmed"
    foreign = {**FROM_SITE, "Parley-Author-Token": "0" * 64}
    forged = submit(client, headers=foreign, email=ADA, earlier=first["id"], text="Forged.")

    assert forged["mail"] == "asked"
    assert is_confirmed(database) == [True, False, True, False]


def test_who_confirms_an_address_confirms_what_was_imported_with_it(
    client: FlaskClient, mailbox: ReaderMailbox, database: Database, site: Site
) -> None:
    old = submit(client, text="From the old system.")
    submit(client, email=ADA)
    with database.write() as connection:
        (row,) = connection.execute(subscriptions.select()).all()
        imported = {"comment_id": row.comment_id - 1, "address_id": row.address_id}
        connection.execute(subscriptions.insert().values(**imported, language="en"))
    assert old["status"] == "pending"
    mailbox.send()
    assert is_confirmed(database) == [False, False]

    client.post(mailbox.links()[0])

    assert is_confirmed(database) == [True, True]


def test_nobody_is_flooded_with_questions(client: FlaskClient, mailbox: ReaderMailbox) -> None:
    states = [submit(client, email=ADA, text=f"Number {number}.")["mail"] for number in range(5)]
    assert states == ["asked"] * 3 + ["limited"] * 2
    assert ADDRESS_LIMITS == ("3 per hour", "6 per day")

    others = [
        submit(client, email=f"reader{number}@example.org", text=f"Other {number}.")["mail"]
        for number in range(8)
    ]

    assert others == ["asked"] * 5 + ["limited"] * 3  # five are counted already
    assert NETWORK_LIMIT == "10 per hour"
    assert mailbox.send() == 8


@pytest.fixture
def server(site_keys: SiteKeys, site: Site) -> dict[str, str]:
    return {"Authorization": f"Bearer {site_keys.make(site.name)}"}


def send_batch(client: FlaskClient, server: dict[str, str], *emails: object) -> list[Any]:
    """What becomes of comments with these addresses, sent together by the site's server."""
    comments = [{**COMMENT, "text": f"For {email}.", "email": email} for email in emails]
    answer = client.post("/v1/comments:batch", json={"comments": comments}, headers=server)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [
        one["problem"]["field"] if one["comment"] is None else one["comment"].get("mail")
        for one in answer.get_json()["comments"]
    ]


def test_addresses_of_a_batch_are_asked_like_those_of_forms(
    client: FlaskClient, mailbox: ReaderMailbox, server: dict[str, str], database: Database
) -> None:
    sent = (ADA, "ben@example.org", "no address", None, "", 7, ADA)

    assert send_batch(client, server, *sent) == [
        *("asked", "asked", "email", None, None, "email"),
        "asked",
    ]

    assert mailbox.send() == 3  # in no order
    of_ben = mailbox.postbox.recipients.index("ben@example.org")
    client.post(mailbox.links(of_ben)[0])
    assert is_confirmed(database) == [False, True, False]
    assert send_batch(client, server, ADA) == ["asked"]  # the same text: it is another comment


def test_the_same_batch_again_asks_once(
    client: FlaskClient, mailbox: ReaderMailbox, server: dict[str, str]
) -> None:
    sent = {"comments": [{**COMMENT, "email": ADA, "source_id": "17"}]}

    first, second = (
        client.post("/v1/comments:batch", json=sent, headers=server).get_json() for _ in range(2)
    )

    assert first == second
    assert mailbox.send() == 1


def test_a_sites_server_asks_for_many_readers_and_each_of_them_seldom(
    client: FlaskClient, server: dict[str, str]
) -> None:
    others = [f"reader{number}@example.org" for number in range(11)]

    assert send_batch(client, server, *others) == ["asked"] * 11
    assert send_batch(client, server, *[ADA] * 4) == ["asked"] * 3 + ["limited"]
    assert submit(client, headers=server, email="ben@example.org")["mail"] == "asked"
    assert SERVER_LIMIT == "1000 per hour"


def test_a_batch_to_a_site_that_mails_nobody_keeps_no_address(
    make_app: MakeApp, server: dict[str, str], database: Database
) -> None:
    assert send_batch(make_app().test_client(), server, ADA, "no address") == ["off", "off"]
    assert addresses(database) == []


def test_one_click_stops_all_mails_and_forgets_the_address(
    client: FlaskClient, mailbox: ReaderMailbox, database: Database
) -> None:
    submit(client, email=ADA)
    mailbox.send()
    stop = mailbox.links()[-1]
    assert "Which mails from" in client.get(stop).get_data(as_text=True)
    assert addresses(database) == [ADA]

    click = client.post(stop, data={"List-Unsubscribe": "One-Click"})

    assert click.status_code == 200
    assert (addresses(database), is_confirmed(database)) == ([None], [])
    assert submit(client, email=ADA, text="Again.")["mail"] == "asked"
    assert mailbox.send() == 0

    client.post(stop, data={"of": "none"})
    submit(client, email=ADA, text="And again.")
    assert mailbox.send() == 1


def test_one_conversation_is_stopped_alone(
    client: FlaskClient, mailbox: ReaderMailbox, database: Database
) -> None:
    for text in ("The first.", "The second."):
        submit(client, email=ADA, text=text)
        mailbox.send()
        client.post(mailbox.links()[0])

    client.post(mailbox.links()[-1], data={"of": "thread"})

    assert (addresses(database), is_confirmed(database)) == ([ADA], [True])


def test_the_same_submission_again_asks_once(client: FlaskClient, mailbox: ReaderMailbox) -> None:
    key = {**FROM_SITE, "Idempotency-Key": "once"}

    first, second = (submit(client, headers=key, email=ADA) for _ in range(2))

    assert first == second
    assert mailbox.send() == 1


@pytest.mark.parametrize(
    "email", ["ada", "a@b@c", "a\r\nBcc: x@example.org", "é@example.org", 7, ["a@example.org"]]
)
def test_what_is_no_address_is_refused(client: FlaskClient, email: object) -> None:
    answer = client.post("/v1/comments", json={**COMMENT, "email": email}, headers=FROM_SITE)

    assert answer.status_code == 422
    assert answer.get_json()["field"] == "email"
    assert "Bcc" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("email", [None, "", "  "])
def test_an_empty_field_is_none(client: FlaskClient, email: object, database: Database) -> None:
    assert "mail" not in submit(client, email=email)
    assert addresses(database) == []


def test_a_site_that_mails_nobody_keeps_nothing(app: Flask, database: Database) -> None:
    assert submit(app.test_client(), email="not even an address")["mail"] == "off"
    assert addresses(database) == []


def test_a_page_says_whether_readers_are_mailed(
    client: FlaskClient, mailbox: ReaderMailbox, make_app: MakeApp
) -> None:
    path = "/v1/threads?site=demo&page=/a"
    on, off = client.get(path), make_app().test_client().get(path)  # without a mail server

    assert (on.get_json()["reader_mail"], off.get_json()["reader_mail"]) == (True, False)
    assert on.headers["ETag"] != off.headers["ETag"]


def test_the_form_without_a_script_takes_an_address(
    client: FlaskClient, mailbox: ReaderMailbox
) -> None:
    page = client.get("/v1/comments.html?site=demo&page=/a").get_data(as_text=True)
    assert 'name="email"' in page

    sent = client.post("/v1/comments", data={**COMMENT, "email": ADA}, headers=FROM_SITE)

    assert sent.status_code == 303
    assert mailbox.send() == 1


def test_a_wrong_address_comes_back_in_the_form(client: FlaskClient) -> None:
    headers = {**FROM_SITE, "Accept": "text/html", "Accept-Language": "de"}

    answer = client.post("/v1/comments", data={**COMMENT, "email": "ada@"}, headers=headers)

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Das ist keine E-Mail-Adresse." in page
    assert 'value="ada@"' in page


def test_the_authors_page_takes_an_address(
    client: FlaskClient, mailbox: ReaderMailbox, database: Database
) -> None:
    own = submit(client)["author_url"].removeprefix(PUBLIC_URL)
    assert 'name="email"' in client.get(own).get_data(as_text=True)
    client.post(f"{own}/mail", data={"email": "wrong@example.org"})

    client.post(f"{own}/mail", data={"email": ADA})
    assert "A mail is on its way" in client.get(own).get_data(as_text=True)
    mailbox.send()
    client.post(mailbox.links()[0])

    assert addresses(database) == [ADA]
    assert "You get mails about it." in client.get(own).get_data(as_text=True)
    stored = client.get(f"{own}/export").get_json()["stored"]["mail"]
    assert (stored["address"], stored["language"]) == (ADA, "en")


def test_a_text_that_is_sent_again_keeps_its_mails(
    client: FlaskClient, mailbox: ReaderMailbox, database: Database
) -> None:
    own = submit(client, email=ADA)["author_url"].removeprefix(PUBLIC_URL)
    mailbox.send()
    client.post(mailbox.links()[0])

    client.post(f"{own}/again", data={"name": "Ada", "text": "Said in a better way."})

    assert (addresses(database), is_confirmed(database)) == ([ADA], [True, True])


def test_an_address_is_in_no_public_answer(client: FlaskClient, mailbox: ReaderMailbox) -> None:
    comment = submit(client, email=ADA)
    own = {"Parley-Author-Token": comment["author_token"]}

    for path in ("/v1/comments?site=demo&page=/a", f"/v1/comments/{comment['id']}"):
        assert "ada@" not in client.get(path, headers=own).get_data(as_text=True).lower()
