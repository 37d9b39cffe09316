"""The pages of sites: for admins, with errors in words and nothing typed lost."""

import re

import pytest
from flask import Flask

from moderation.accounts.moderators import Role
from moderation.accounts.passwords import hash_password
from moderation.keys import hash_token
from moderation.policy import SitePolicy
from moderation.sites import KeyScope, Site, SiteRates
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.sites.site_keys import SiteKeys
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored
from tests.support.moderator_browser import PASSWORD, Browser, signed_in

PAGE = "/moderate/sites"
DEMO = f"{PAGE}/demo"
FORM = {
    "title": "The Demo",
    "origins": "https://paper.example\r\nhttps://WWW.paper.example/",
    "premoderated": "on",
    "max_text": "2000",
    "edit_minutes": "7",
    "nudges": "on",
    "submit_limit": "5 per hour",
    "key_limit": "off",
}


def test_settings_are_saved_and_audited(
    anna: Browser, site: Site, sites: Sites, database: Database
) -> None:
    answer = anna.send(DEMO, **FORM)

    assert "Saved" in anna.page(answer.location)
    saved = sites.get("demo")
    assert (saved.title, saved.max_text) == ("The Demo", 2000)
    assert (saved.edit_minutes, saved.nudges) == (7, True)
    assert saved.origins == ("https://paper.example", "https://www.paper.example")
    assert saved.policy == SitePolicy(premoderated=True)
    assert saved.rates == SiteRates("5 per hour", "off")
    newest = AuditLog(database).newest(1)[0]
    assert (newest.actor, newest.action, newest.subject) == (
        "moderator Anna",
        "site_changed",
        "site demo",
    )


def test_what_a_page_shows_can_be_saved_as_it_is(anna: Browser, site: Site, sites: Sites) -> None:
    anna.send(DEMO, **FORM)
    before, page = sites.get("demo"), anna.page(DEMO)
    shown = dict(re.findall(r'<input id="[^"]+" name="(\w+)"[^>]* value="([^"]*)"', page))
    shown |= dict.fromkeys(re.findall(r'name="(\w+)" value="on" checked', page), "on")
    (origins,) = re.findall(r'<textarea[^>]* name="origins"[^>]*>([^<]*)</textarea>', page)

    assert anna.send(DEMO, **shown, origins=origins).status_code == 303
    assert sites.get("demo") == before


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": " "}, "a site&#39;s title is 1 to 300 visible characters"),
        ({"origins": ""}, "a site has at least one origin"),
        ({"origins": "paper.example"}, "an origin is http(s)://host[:port]"),
        ({"max_text": "0"}, "the longest text must be a whole number from 1 to 10000"),
        ({"edit_minutes": ""}, "the minutes to change a comment must be a whole number from 0"),
        ({"max_text": "many"}, "the longest text must be a whole number from 1 to 10000"),
        ({"submit_limit": "often"}, "a rate is a number and a time"),
        ({"key_limit": "0 per hour"}, "a rate is a number and a time"),
    ],
)
def test_a_wrong_field_is_said_and_nothing_typed_is_lost(
    anna: Browser, site: Site, sites: Sites, fields: dict[str, str], sentence: str
) -> None:
    answer = anna.send(DEMO, **{**FORM, "key_limit": "7 per day", **fields})

    assert answer.status_code == 422
    assert "Nothing was saved: " in answer.text
    assert sentence in answer.text
    assert 'value="5 per hour"' in answer.text or "submit_limit" in fields
    assert sites.get("demo") == site


def test_a_site_is_added_once(anna: Browser, site: Site, sites: Sites) -> None:
    form = {"name": "post", "origins": "https://post.example"}

    added, again = anna.send(PAGE, **form), anna.send(PAGE, **form)

    assert added.location == f"{PAGE}/post?done=added"
    assert sites.get("post").title == "post"
    assert (again.status_code, "there is a site post already" in again.text) == (409, True)
    assert "https://post.example</textarea>" in again.text
    assert anna.send(PAGE, name="A b", origins="https://c.example").status_code == 422


def test_a_key_is_shown_once_renamed_and_revoked(
    anna: Browser, site: Site, sites: Sites, database: Database
) -> None:
    page = anna.send(f"{DEMO}/keys", key_name="shop").text
    shown = re.search(r'id="key">(parley_[\w-]+)<', page)
    assert shown
    assert sites.get("demo").keys[0].key_hash == hash_token(shown[1])
    assert shown[1] not in anna.page(DEMO)
    assert "shop, made just now, never used" in anna.page(DEMO)

    assert anna.send(f"{DEMO}/keys", key_name="shop").status_code == 409
    assert anna.send(f"{DEMO}/keys/rename", key_name="shop", new_name="x").status_code == 303
    assert anna.send(f"{DEMO}/keys/revoke", key_name="shop").status_code == 404
    assert anna.send(f"{DEMO}/keys/revoke", key_name="x").status_code == 303
    assert sites.get("demo").keys == ()
    assert [row.action for row in AuditLog(database).newest(3)] == [
        "site_key_revoked",
        "site_key_renamed",
        "site_key_made",
    ]


def test_a_key_that_only_scores_is_said_to(anna: Browser, site: Site, sites: Sites) -> None:
    page = anna.send(f"{DEMO}/keys", key_name="bot", scope="score").text

    assert sites.get("demo").keys[0].scope is KeyScope.SCORE
    assert "only asks for scores, on" in " ".join(page.split())
    assert "bot (score), made just now" in anna.page(DEMO)


def test_a_site_goes_only_when_its_name_is_typed(
    anna: Browser, site: Site, sites: Sites, database: Database, clock: FakeClock
) -> None:
    add_scored(database, clock)
    assert "<li>Comments: 1</li>" in anna.page(f"{DEMO}/remove")

    refused = anna.send(f"{DEMO}/remove", confirmation="dem")
    assert (refused.status_code, "Nothing was removed: type demo" in refused.text) == (422, True)
    assert sites.get("demo") == site

    removed = anna.send(f"{DEMO}/remove", confirmation="demo")
    assert "Removed, with all that was stored for it" in anna.page(removed.location)
    assert sites.all() == []
    assert AuditLog(database).newest(1)[0].actor == "moderator Anna"


def test_who_has_a_password_proves_to_be_there(
    anna: Browser, app: Flask, site: Site, sites: Sites
) -> None:
    cookie = anna.client.get_cookie("parley_moderator_8000", path="/moderate")
    assert cookie
    app.extensions["parley"].sessions.set_password(cookie.value, hash_password(PASSWORD))

    for path, fields in ((f"{DEMO}/keys", {"key_name": "a"}), (f"{DEMO}/remove", {})):
        assert anna.send(path, confirmation="demo", **fields).status_code == 403
    assert sites.get("demo") == site
    assert anna.send(f"{DEMO}/remove", confirmation="demo", current=PASSWORD).status_code == 303


def test_only_admins_look_and_change(
    app: Flask,
    anna: Browser,
    site: Site,
    moderators: Moderators,
    database: Database,
    clock: FakeClock,
    site_keys: SiteKeys,
) -> None:
    vera = signed_in(app, moderators, "Vera")
    Roles(database, clock).set_role("Vera", Role.MODERATOR)
    site_keys.make("demo", name="shop")

    for path in (PAGE, DEMO, f"{DEMO}/remove"):
        assert vera.get(path).status_code == 403
    for path in (PAGE, DEMO, f"{DEMO}/remove", *(f"{DEMO}/keys{end}" for end in ("", "/revoke"))):
        sent = vera.send(path, **FORM, confirmation="demo", key_name="shop", name="x")
        assert sent.status_code == 403
    assert "/moderate/sites" not in vera.page()


@pytest.mark.parametrize("name", ["nowhere", "%00", "a%2Fb", "DEMO"])
def test_what_is_no_site_is_not_found(anna: Browser, site: Site, name: str) -> None:
    for path in ("", "/remove"):
        assert anna.get(f"{PAGE}/{name}{path}").status_code == 404
    for path in ("", "/remove", "/keys", "/keys/rename", "/keys/revoke"):
        sent = anna.send(f"{PAGE}/{name}{path}", new_name="a", key_name="b")
        assert sent.status_code == 404


def test_mails_to_readers_need_a_mail_server(anna: Browser, site: Site, sites: Sites) -> None:
    answer = anna.send(DEMO, **FORM, reader_mail="on")

    assert answer.status_code == 422
    assert "Set PARLEY_SMTP_URL" in answer.get_data(as_text=True)
    assert not sites.get("demo").reader_mail
