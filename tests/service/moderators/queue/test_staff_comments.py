"""Moderators write for the site: published at once, and marked so that nobody else can be."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.sites.rule_versions import RuleVersions
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.moderator_browser import Browser
from tests.support.web_app import ORIGIN


def public(client: FlaskClient) -> list[dict[str, Any]]:
    answer: Any = client.get("/v1/comments?site=demo&page=/a").json
    return list(answer["comments"])


@pytest.mark.parametrize(("chosen", "name"), [("Demo", "Demo"), ("Anna", "Anna"), ("Root", "Demo")])
def test_an_answer_is_public_at_once_and_marked(
    anna: Browser,
    client: FlaskClient,
    database: Database,
    clock: FakeClock,
    site: Site,
    chosen: str,
    name: str,
) -> None:
    asked = add_scored(database, clock, GOOD, name="Ben", text="Is that so?")
    path = f"/moderate/comments/{asked.id}/answer"

    assert "Is that so?" in anna.page(path)
    answer = anna.send(path, name=chosen, text="Yes, it is.")

    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        "/moderate/pages/1?done=answered",
    )
    first, second = public(client)
    assert (first["staff"], second["staff"]) == (False, True)
    assert (second["name"], second["text"], second["parent"]) == (name, "Yes, it is.", asked.id)
    assert "Yes, it is." in anna.page("/moderate/pages/1?done=answered")


def test_a_comment_under_the_article_answers_nobody(
    anna: Browser, client: FlaskClient, database: Database, clock: FakeClock, site: Site
) -> None:
    add_scored(database, clock)

    anna.send("/moderate/pages/1/comment", name="Demo", text="We closed the second question.")

    assert [(comment["staff"], comment["parent"]) for comment in public(client)] == [(True, None)]
    assert client.get("/v1/counts?site=demo&page=/a").json == {"counts": {"/a": 1}}


def test_moderators_write_under_a_closed_page_too(
    anna: Browser, client: FlaskClient, database: Database, clock: FakeClock, site: Site
) -> None:
    add_scored(database, clock)
    RuleVersions(database, clock).change("demo", {"closing": {"closed": True}}, "/a")

    anna.send("/moderate/pages/1/comment", name="Demo", text="We closed the second question.")

    assert [comment["staff"] for comment in public(client)] == [True]


@pytest.mark.parametrize("text", ["", " \u200b", "x" * 10_001])
def test_what_is_no_comment_is_refused_with_a_sentence(
    anna: Browser, client: FlaskClient, database: Database, clock: FakeClock, site: Site, text: str
) -> None:
    add_scored(database, clock)

    answer = anna.send("/moderate/pages/1/comment", name="Demo", text=text)

    assert (answer.status_code, public(client)) == (422, [])
    assert b"ext " in answer.data


def test_no_reader_can_mark_a_comment(client: FlaskClient, site: Site, database: Database) -> None:
    forged = {"site": "demo", "page": "/a", "name": "Demo", "text": "Hello", "staff": True}

    client.post("/v1/comments", json={**forged, "staff_id": 1}, headers={"Origin": ORIGIN})

    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT staff_id FROM comments").scalar() is None


def test_moderators_see_the_badge_wherever_they_see_the_comment(
    anna: Browser, client: FlaskClient, database: Database, clock: FakeClock, site: Site
) -> None:
    add_scored(database, clock, GOOD)
    anna.send("/moderate/pages/1/comment", name="Demo", text="We closed the second question.")
    [own] = [comment for comment in public(client) if comment["staff"]]
    badge = '<span class="staff-badge">Editor</span>'
    paths = (
        "/moderate/pages/1",
        "/moderate/decided?whose=mine",
        f"/moderate/comments/{own['id']}/author",
        f"/moderate/comments/{own['id']}/answer",
    )

    assert {path: anna.page(path).count(badge) for path in paths} == dict.fromkeys(paths, 1)
