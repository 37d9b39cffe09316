"""Who may do what on which site: asked of every address there is."""

import json
import re

import pytest
from flask import Flask

from moderation.accounts.moderators import Role
from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored
from tests.support.moderator_browser import Browser, signed_in
from tests.support.moderator_routes import OPEN_TO_ALL, filled, routes

SECRET_WORDS = ("Mallory", "A word of the other site", "/other-page")
LINK = re.compile(r"http://127\.0\.0\.1:8000(/moderate/link/[\w-]+)")


@pytest.fixture
def people(database: Database, clock: FakeClock) -> Roles:
    return Roles(database, clock)


@pytest.fixture
def elsewhere(database: Database, clock: FakeClock, site: Site, sites: Sites) -> Comment:
    """A comment that waits on another site than demo."""
    sites.add(Site(0, "other", "The other paper", ()))
    name, text, page = SECRET_WORDS
    return add_scored(database, clock, site="other", name=name, text=text, page=page)


@pytest.fixture
def viewer(app: Flask, moderators: Moderators, people: Roles, anna: Browser) -> Browser:
    browser = signed_in(app, moderators, "Vera")
    people.set_role("Vera", Role.VIEWER)
    return browser


@pytest.fixture
def limited(
    app: Flask, moderators: Moderators, people: Roles, anna: Browser, site: Site
) -> Browser:
    """A moderator of the site demo only."""
    browser = signed_in(app, moderators, "Lina")
    people.set_role("Lina", Role.MODERATOR, sites=["demo"])
    return browser


def test_no_address_shows_or_changes_what_is_of_another_site(
    app: Flask, limited: Browser, flagged: Comment, elsewhere: Comment, comments: Comments
) -> None:
    for rule in {*routes(app, "GET"), *routes(app, "POST")} - {"/moderate/sign-out"}:
        for query in ("", "?site=other", f"?after={elsewhere.id}"):
            path = filled(rule, elsewhere) + query
            for method in ("GET", "POST"):
                data = {"form_token": limited.token(), "version": elsewhere.version}
                with limited.client.open(path, method=method, data=data) as answer:
                    if "static" not in rule:
                        answer_text = answer.get_data(as_text=True) + str(answer.headers)
                        assert not any(word in answer_text for word in SECRET_WORDS), (method, path)
                        assert "The other paper" not in answer_text, (method, path)

    assert comments.get(elsewhere.id) == elsewhere
    assert limited.decide(flagged, "approve").status_code == 303


def test_a_comment_of_another_site_is_as_one_that_is_not_there(
    limited: Browser, elsewhere: Comment
) -> None:
    answers = [
        limited.send(f"/moderate/comments/{comment_id}/approve", version=2, accept="*/*")
        for comment_id in (elsewhere.id, "no-such-comment")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].data == answers[1].data
    assert limited.get("/moderate?site=other").status_code == 404


def test_a_viewer_looks_and_decides_nothing(
    viewer: Browser, flagged: Comment, comments: Comments
) -> None:
    page = viewer.page()

    refused = viewer.decide(flagged, "approve")

    assert "You are all fools." in page
    assert 'class="approve"' not in page
    assert (refused.status_code, comments.get(flagged.id)) == (403, flagged)
    assert "Viewers look and do not decide" in refused.text


def test_only_an_admin_sees_and_changes_people(
    app: Flask, viewer: Browser, bea: Browser, limited: Browser, moderators: Moderators
) -> None:
    before = moderators.all()
    paths = [rule for rule in routes(app, "POST") if rule.startswith("/moderate/people")]

    for browser in (viewer, bea, limited):
        assert browser.get("/moderate/people").status_code == 403
        assert "/moderate/people" not in browser.page()
        for path in paths:
            assert browser.send(path, name="Anna", role="viewer").status_code == 403

    assert len(paths) == 5
    assert moderators.all() == before


def test_an_invitation_link_is_shown_once_and_signs_in(
    app: Flask, anna: Browser, moderators: Moderators, site: Site
) -> None:
    shown = anna.send(
        "/moderate/people/invite", name=" Cleo <b> ", role="viewer", reach="chosen", sites="demo"
    )

    link = LINK.search(shown.text)
    assert link
    assert "Give this link to Cleo &lt;b&gt;." in shown.text
    assert not LINK.search(anna.page("/moderate/people"))
    assert app.test_client().post(link[1]).location == "/moderate"
    cleo = moderators.get("Cleo <b>")
    assert (cleo.role, cleo.sites) == (Role.VIEWER, frozenset({"demo"}))


def test_no_site_chosen_is_no_site_and_not_every_one(
    anna: Browser, bea: Browser, moderators: Moderators
) -> None:
    answer = anna.send("/moderate/people/change", name="Bea", role="moderator", reach="chosen")

    assert answer.location == "/moderate/people?done=changed"
    assert moderators.get("Bea").sites == frozenset()


def test_a_change_counts_at_the_next_request(anna: Browser, bea: Browser, flagged: Comment) -> None:
    anna.send("/moderate/people/change", name="Bea", role="viewer", reach="every")

    assert bea.decide(flagged, "approve").status_code == 403


def test_who_is_deactivated_is_out_until_a_new_link(
    app: Flask, anna: Browser, bea: Browser
) -> None:
    out = anna.send("/moderate/people/deactivate", name="Bea")
    assert out.location == "/moderate/people?done=deactivated"
    assert bea.get().location == "/moderate/sign-in"
    assert "deactivated" in anna.page("/moderate/people")

    link = LINK.search(anna.send("/moderate/people/activate", name="Bea").text)

    assert link
    assert app.test_client().post(link[1]).location == "/moderate"


def test_a_reset_by_an_admin_signs_out_and_is_noted(
    anna: Browser, bea: Browser, database: Database
) -> None:
    shown = anna.send("/moderate/people/reset", name="Bea")

    assert LINK.search(shown.text)
    assert bea.get().location == "/moderate/sign-in"
    rows = AuditLog(database).newest(2)
    assert [(row.actor, row.action, row.subject) for row in rows] == [
        ("moderator Anna", "sign_in_link_made", "moderator Bea"),
        ("moderator Anna", "moderator_reset", "moderator Bea"),
    ]


@pytest.mark.parametrize(
    ("path", "fields", "status", "sentence"),
    [
        ("invite", {"name": "", "role": "viewer"}, 422, "1 to 80 visible characters"),
        ("invite", {"name": "x", "role": "owner"}, 422, "Role must be one of admin"),
        ("invite", {"name": "Anna", "role": "viewer"}, 409, "There is a moderator Anna already"),
        ("invite", {"name": "x", "email": "x", "role": "viewer"}, 422, "An e-mail address is"),
        ("change", {"name": "Anna", "role": "viewer"}, 409, "Somebody must stay an active admin"),
        ("change", {"name": "Nobody", "role": "viewer"}, 404, "There is nobody here"),
        ("change", {"name": "nul\0", "role": "viewer"}, 422, "must have no NUL character"),
        ("change", {"name": "Anna", "role": "admin", "sites": "nul\0"}, 422, "no NUL"),
        ("deactivate", {"name": "Anna"}, 409, "Somebody must stay an active admin"),
        ("reset", {"name": "Nobody"}, 404, "There is nobody here"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_changed(
    anna: Browser,
    moderators: Moderators,
    path: str,
    fields: dict[str, str],
    status: int,
    sentence: str,
) -> None:
    before = moderators.all()

    answer = anna.send(f"/moderate/people/{path}", **fields)

    assert (answer.status_code, sentence in answer.text) == (status, True), answer.text
    assert moderators.all() == before


def test_names_are_shown_as_they_are_and_run_nothing(anna: Browser, moderators: Moderators) -> None:
    moderators.add("<img src=x onerror=alert(1)>\"'")

    page = anna.page("/moderate/people")

    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_every_answer_of_a_form_is_json_for_a_script(anna: Browser, app: Flask) -> None:
    answer = anna.send("/moderate/people/change", accept="application/json", name="Anna")

    assert json.loads(answer.data)["type"] == "urn:parley:invalid-field"
    assert set(routes(app, "POST")) >= OPEN_TO_ALL


def test_a_moderator_sees_no_names_of_who_is_for_other_sites_only(
    app: Flask, limited: Browser, moderators: Moderators, elsewhere: Comment
) -> None:
    moderators.add("Only Elsewhere", sites=["other"])

    page = limited.page("/moderate/comments")

    assert "Only Elsewhere" not in page
    assert '<option value="Anna"' in page or ">Anna<" in page


def test_a_bulk_of_another_site_is_refused_and_leaves_nothing_there(
    app: Flask, limited: Browser, anna: Browser, elsewhere: Comment, flagged: Comment
) -> None:
    answer = limited.send(
        "/moderate/bulk", site="other", text="read this", to="approved", upto=flagged.id
    )

    assert answer.status_code == 404
    assert "read this" not in anna.page("/moderate/bulks")
