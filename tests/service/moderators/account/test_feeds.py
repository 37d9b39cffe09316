"""The feed of what waits: valid, secret, of its moderator's scope, and gone with them."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, fromstring

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.accounts.moderators import Role
from moderation.accounts.passwords import hash_password
from moderation.comments import Comment
from moderation.review.reports import Reason, Report
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.review.reports import Reports
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.moderator_browser import PASSWORD, Browser, signed_in

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = re.compile(r'id="feed">http://127\.0\.0\.1:8000(/moderate/feed/[\w-]{43}\.atom)<')
Read = Callable[..., TestResponse]


def made_feed(browser: Browser, **fields: str) -> str:
    address = ADDRESS.search(browser.send("/moderate/feed", **fields).text)
    assert address
    return address[1]


@pytest.fixture
def read(anna: Browser, client: FlaskClient) -> Read:
    """What a feed reader, which has no session, gets of Anna's feed."""
    address = made_feed(anna)
    return lambda **headers: client.get(address, headers=headers)


def parsed(answer: TestResponse) -> Element:
    assert answer.status_code == 200, answer.text
    return fromstring(answer.data)  # noqa: S314 our own


def texts(of: Element, tag: str) -> list[str | None]:
    return [element.text for element in of.iter(ATOM + tag)]


def test_it_says_how_many_wait_and_shows_the_newest_first(
    read: Read, database: Database, clock: FakeClock, site: Site
) -> None:
    empty = parsed(read())
    first = add_scored(database, clock, text="You are all fools.", title="On roads")
    clock.advance(60)
    add_scored(database, clock, text="And so are you.", name="Zoë")

    feed = parsed(read())

    assert texts(empty, "title") == ["0 comments wait · Parley"]
    assert texts(feed, "title") == [
        "2 comments wait · Parley",
        "Zoë on On roads (demo)",
        "Ada on On roads (demo)",
    ]
    assert texts(feed, "subtitle") == ["2 comments wait, the oldest since 2026-01-31 12:00 UTC."]
    assert texts(feed, "name") == ["Parley", "Zoë", "Ada"]
    assert texts(feed, "content")[1] == (
        "You are all fools.\n\nWhy it waits: 83 % of comments like this are toxic; waits from 41 %"
    )
    assert texts(feed, "updated") == ["2026-01-31T12:01:00.000Z"] * 2 + ["2026-01-31T12:00:00.000Z"]
    links = [link.get("href") for link in feed.iter(ATOM + "link")]
    assert links[-1] == f"http://127.0.0.1:8000/moderate/waiting/{first.id}"


def test_it_says_how_many_are_reported(
    read: Read, database: Database, clock: FakeClock, site: Site
) -> None:
    comment = add_scored(database, clock, GOOD)
    Reports(database, clock).add(comment.id, site, Report(Reason.SPAM), "a reader")

    feed = parsed(read())

    assert texts(feed, "title") == ["0 comments wait, 1 is reported · Parley"]
    assert texts(feed, "subtitle") == ["0 comments wait, 1 is reported."]


def test_ids_stay_whatever_the_secret(
    read: Read, anna: Browser, client: FlaskClient, flagged: Comment
) -> None:
    before = texts(parsed(read()), "id")
    other = made_feed(anna)

    assert read().status_code == 404
    after = texts(parsed(client.get(other)), "id")
    assert before == after
    assert len(set(after)) == 2
    assert all(re.fullmatch("urn:uuid:[0-9a-f-]{36}", entry_id or "") for entry_id in after)


def test_unchanged_it_is_not_sent_again(
    read: Read, flagged: Comment, database: Database, clock: FakeClock
) -> None:
    first = read()
    clock.advance(3600)
    again = read(**{"If-None-Match": first.headers["ETag"]})
    add_scored(database, clock)
    changed = read(**{"If-None-Match": first.headers["ETag"]})

    assert first.content_type == "application/atom+xml; charset=utf-8"
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert changed.status_code == 200


HOSTILE = (
    "<script>alert(1)</script> & ]]> <![CDATA[ &lt; &#0;",
    "\x01\x0b\x0c\x1b\x7f \ufffe\uffff end",
    "\u202egnp.exe \u200bzero\u2066",
    "two\r\nlines\rand\ttab",
    "Z" + "\u0300" * 500,
    "w" * 9_999,
    "𒐫\U0010ffff",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_text_in_valid_xml(
    read: Read, database: Database, clock: FakeClock, site: Site, text: str
) -> None:
    name = "".join(character for character in text if character.isprintable())[:80]
    add_scored(database, clock, text=text, name=name, title=name)

    feed = parsed(read())

    content = texts(feed, "content")[0] or ""
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e\u2066\u200b\ufffe\uffff]", content)
    assert {content.get("type") for content in feed.iter(ATOM + "content")} == {"text"}
    assert [element.tag for element in feed.iter() if element.tag.endswith("script")] == []
    assert all(len(title or "") <= 120 for title in texts(feed, "title"))
    assert ("<script>" in content) is ("<script>" in text)


def test_hidden_characters_are_named(
    read: Read, database: Database, clock: FakeClock, site: Site
) -> None:
    add_scored(database, clock, text="a\u202eb", name="c\u200bd")

    feed = parsed(read())

    assert (texts(feed, "content")[0] or "").startswith("a[U+202E]b\n")
    assert texts(feed, "name")[1] == "c[U+200B]d"


def test_it_shows_what_its_moderator_may_see_now(
    app: Flask,
    anna: Browser,
    moderators: Moderators,
    database: Database,
    clock: FakeClock,
    client: FlaskClient,
    site: Site,
    sites: Sites,
) -> None:
    sites.add(Site(0, "other", "Other", ()))
    add_scored(database, clock, site="other", text="of the other site")
    add_scored(database, clock, text="of demo")
    address = made_feed(signed_in(app, moderators, "Lina"))
    both = texts(parsed(client.get(address)), "title")

    Roles(database, clock).set_role("Lina", Role.VIEWER, sites=["demo"])
    one = client.get(address)

    assert both[0] == "2 comments wait · Parley"
    assert texts(parsed(one), "title")[0] == "1 comment waits · Parley"
    assert "of the other site" not in one.text


def test_it_ends_with_its_moderator(
    app: Flask,
    anna: Browser,
    moderators: Moderators,
    database: Database,
    clock: FakeClock,
    client: FlaskClient,
) -> None:
    ways: list[Callable[[Browser], object]] = [
        lambda _: Roles(database, clock).deactivate("Lina 0"),
        lambda _: moderators.reset("Lina 1"),
        lambda lina: lina.send("/moderate/feed/revoke"),
    ]
    for number, end in enumerate(ways):
        lina = signed_in(app, moderators, f"Lina {number}")
        address = made_feed(lina)
        assert client.get(address).status_code == 200

        end(lina)

        answer = client.get(address)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")
    whats = [row.action for row in AuditLog(database).newest(3)]
    assert whats == ["feed_revoked", "feed_used", "feed_made"]


def test_the_secret_is_kept_as_a_hash_and_asks_for_the_password(
    anna: Browser, app: Flask, database: Database
) -> None:
    cookie = anna.client.get_cookie("parley_moderator_8000", path="/moderate")
    assert cookie
    app.extensions["parley"].sessions.set_password(cookie.value, hash_password(PASSWORD))

    refused = anna.send("/moderate/feed")
    token = made_feed(anna, current=PASSWORD).split("/")[-1].removesuffix(".atom")

    assert refused.status_code == 403
    with database.read() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM feeds").all()
    assert token not in str(kept)
    assert token not in anna.page("/moderate/account")
    assert "You have a feed, created just now" in anna.page("/moderate/account")


def test_it_is_read_within_limits(read: Read, client: FlaskClient) -> None:
    codes = [read().status_code for _ in range(61)]
    misses = [client.get(f"/moderate/feed/{'a' * 43}.atom").status_code for _ in range(21)]

    assert codes == [200] * 60 + [429]
    assert misses == [404] * 20 + [429]


def test_its_link_leads_to_the_card(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    waiting = [add_scored(database, clock, text=f"text {number}") for number in range(3)]
    anna.decide(waiting[1], "approve")

    def where(comment_id: str) -> str:
        return anna.get(f"/moderate/waiting/{comment_id}").location

    assert where(waiting[0].id) == "/moderate"
    assert where(waiting[2].id) == f"/moderate?after={waiting[0].id}"
    assert where(waiting[1].id) == "/moderate"
    assert where("no-such") == "/moderate"
    assert "text 2" in anna.page(where(waiting[2].id))
    assert "text 0" not in anna.page(where(waiting[2].id))
