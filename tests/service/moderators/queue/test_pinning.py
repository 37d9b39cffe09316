"""A moderator pins a published comment to the top of its page, and unpins it."""

from flask import Flask
from flask.testing import FlaskClient

from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.database.engine import Database
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.moderator_browser import signed_in


def test_a_card_has_a_button_that_pins_and_then_unpins(
    app: Flask, database: Database, clock: FakeClock, site: Site
) -> None:
    comment = add_scored(database, clock, GOOD)
    anna = signed_in(app, Moderators(database, clock), "Anna")

    before = anna.get("/moderate/comments").text
    pinned = anna.send(f"/moderate/comments/{comment.id}/pin", back="/moderate/comments")
    after = anna.get(pinned.location).text
    anna.send(f"/moderate/comments/{comment.id}/unpin", back="/moderate/comments")

    assert ">Pin<" in before
    assert "Pinned: it stands first on its page." in after
    assert ">Unpin<" in after
    assert ">Pin<" in anna.get("/moderate/comments").text


def test_readers_without_a_script_see_it_first_and_marked(
    app: Flask, client: FlaskClient, database: Database, clock: FakeClock, site: Site
) -> None:
    add_scored(database, clock, GOOD, text="Bridge")
    clock.advance(1)
    comment = add_scored(database, clock, GOOD, text="Tunnel")
    anna = signed_in(app, Moderators(database, clock), "Anna")

    anna.send(f"/moderate/comments/{comment.id}/pin")
    page = client.get("/v1/comments.html?site=demo&page=/a&lang=en").text
    data = client.get("/v1/comments.jsonld?site=demo&page=/a").get_json(force=True)

    assert page.index("Tunnel") < page.index("Bridge")
    assert page.count('<span class="parley-pinned">Pinned</span>') == 1
    assert [one["text"] for one in data["comment"]] == ["Tunnel", "Bridge"]
