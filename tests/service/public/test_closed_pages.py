"""A closed page takes no comments: after some days, by hand, until it is opened again."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.sites.rule_versions import RuleVersions
from moderation.storage.sites.site_keys import SiteKeys
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored

ONE = {"site": "demo", "page": "/a", "name": "Ada", "text": "Well argued, thank you."}


@pytest.fixture
def rules(database: Database, clock: FakeClock, site: Site) -> RuleVersions:
    return RuleVersions(database, clock)


def send(client: FlaskClient, *, language: str | None = None, **fields: str) -> TestResponse:
    headers = {"Origin": "https://paper.example"}
    headers |= {"Accept-Language": language} if language else {}
    return client.post("/v1/comments", json={**ONE, **fields}, headers=headers)


def test_a_page_closes_some_days_after_its_first_comment(
    client: FlaskClient, rules: RuleVersions, clock: FakeClock
) -> None:
    rules.change("demo", {"closing": {"after_days": 14}})
    assert send(client).status_code == 202
    clock.now += timedelta(days=14, seconds=-1)
    assert send(client, text="Still open").status_code == 202
    clock.now += timedelta(seconds=1)

    refused = send(client, text="Too late")

    assert (refused.status_code, refused.get_json()["type"].endswith("page-closed")) == (403, True)
    assert send(client, page="/b").status_code == 202


def test_a_page_is_closed_and_opened_again_by_hand(
    client: FlaskClient, rules: RuleVersions, database: Database, clock: FakeClock
) -> None:
    add_scored(database, clock)
    for closed, status in ((True, 403), (False, 202), (True, 403), (None, 202)):
        rules.change("demo", {"closing": {"closed": closed}}, "/a")
        assert send(client, text=f"{closed} {status}").status_code == status
    assert send(client, page="/b").status_code == 202


def test_what_was_taken_before_a_page_was_closed_is_refused_when_it_comes_again(
    client: FlaskClient, rules: RuleVersions
) -> None:
    assert [send(client).status_code for _ in range(2)] == [202, 202]
    rules.change("demo", {"closing": {"closed": True}}, "/a")

    assert send(client).status_code == 403


def test_a_closed_site_has_a_page_that_is_open(client: FlaskClient, rules: RuleVersions) -> None:
    rules.change("demo", {"closing": {"closed": True}})
    rules.change("demo", {"closing": {"closed": False}}, "/open")

    assert send(client).status_code == 403
    assert send(client, page="/open").status_code == 202


def closed(client: FlaskClient, kind: str = "comments", page: str = "/a") -> object:
    answer = client.get(f"/v1/{kind}?site=demo&page={page}").get_json()
    return answer["closed"], answer["closed_reason"]


@pytest.mark.parametrize("kind", ["comments", "threads"])
def test_readers_are_told_that_a_page_is_closed_and_why(
    client: FlaskClient, rules: RuleVersions, kind: str, clock: FakeClock
) -> None:
    send(client)
    assert closed(client, kind) == (False, None)

    rules.change("demo", {"closing": {"closed": True}}, "/a")
    assert closed(client, kind) == (True, "by_hand")
    assert closed(client, kind, "/b") == (False, None)
    rules.change("demo", {"closing": {"closed": True}})
    client.application.extensions["parley"].site_cache._expires_at = 0.0
    assert closed(client, kind, "/b") == (True, "site")
    rules.change("demo", {"closing": {"closed": False}}, "/a")
    assert closed(client, kind) == (False, None)


def test_what_a_browser_keeps_does_not_outlive_the_days(
    client: FlaskClient, rules: RuleVersions, clock: FakeClock
) -> None:
    rules.change("demo", {"closing": {"after_days": 2}})
    send(client)
    address = "/v1/threads?site=demo&page=/a"
    kept = {"If-None-Match": client.get(address).headers["ETag"]}
    clock.now += timedelta(days=2, seconds=-1)
    assert client.get(address, headers=kept).status_code == 304
    clock.now += timedelta(seconds=1)

    assert client.get(address, headers=kept).status_code == 200
    assert closed(client, "threads") == (True, "after_days")
    assert closed(client) == (True, "after_days")


def test_a_closed_page_without_a_script_has_a_sentence_and_no_form(
    client: FlaskClient, rules: RuleVersions, database: Database, clock: FakeClock
) -> None:
    comment = add_scored(database, clock)
    address = f"/v1/comments.html?site=demo&page={comment.page}&lang=de"
    assert "<form" in client.get(address).text

    rules.change("demo", {"closing": {"closed": True}}, comment.page)

    shown = client.get(address).text
    assert "Die Kommentare zu dieser Seite sind geschlossen." in shown
    assert "<form" not in shown
    rules.change("demo", {"closing": {"closed": False}}, comment.page)
    assert "<form" in client.get(address).text


def test_the_reader_is_told_in_their_language(client: FlaskClient, rules: RuleVersions) -> None:
    rules.change("demo", {"closing": {"closed": True}})

    assert "Die Kommentare zu dieser Seite sind geschlossen." in send(client, language="de").text


def test_a_servers_batch_hears_it_of_each_comment(
    client: FlaskClient, rules: RuleVersions, site_keys: SiteKeys
) -> None:
    rules.change("demo", {"closing": {"closed": True}}, "/shut")
    sent = [{**ONE, "page": page} for page in ("/a", "/shut", "/b")]

    headers = {"Authorization": f"Bearer {site_keys.make('demo')}"}
    answer = client.post("/v1/comments:batch", json={"comments": sent}, headers=headers)

    assert [one["status"] for one in answer.get_json()["comments"]] == [202, 403, 202]
