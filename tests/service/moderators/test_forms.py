"""Nobody but a moderator's own page decides, and nothing is decided by looking."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from moderation.comments import Comment
from moderation.storage.comments.comments import Comments
from tests.support.moderator_browser import Browser
from tests.support.moderator_routes import OPEN_TO_ALL, WEBHOOK, filled, routes

FOREIGN = ["https://evil.example", "null", "http://127.0.0.1:8001", "https://127.0.0.1:8000", ""]


def test_every_form_is_among_the_routes(app: Flask) -> None:
    assert set(routes(app, "POST")) == OPEN_TO_ALL | {
        "/moderate/password",
        "/moderate/sign-out",
        "/moderate/account/sessions/<handle>/close",
        "/moderate/tokens",
        "/moderate/tokens/<int(max=999999999):token_id>/revoke",
        "/moderate/second-factor",
        "/moderate/second-factor/prove",
        "/moderate/second-factor/remove",
        "/moderate/people/invite",
        "/moderate/people/change",
        "/moderate/people/activate",
        "/moderate/people/deactivate",
        "/moderate/people/reset",
        "/moderate/comments/<comment_id>/<any(approve, reject, reopen):action>",
        "/moderate/comments/<comment_id>/<any(pin, unpin):action>",
        "/moderate/comments/<comment_id>/note",
        "/moderate/comments/<comment_id>/skip",
        "/moderate/comments/<comment_id>/answer",
        "/moderate/comments/<comment_id>/erase",
        "/moderate/pages/<int:page_id>/comment",
        "/moderate/comments/<comment_id>/author/sanctions",
        "/moderate/comments/<comment_id>/author/sanctions/<int(max=999999999):sanction_id>/lift",
        "/moderate/one/next",
        "/moderate/one/<comment_id>/renew",
        "/moderate/one/leave",
        "/moderate/bulk",
        "/moderate/bulk/chosen",
        "/moderate/rejection/on",
        "/moderate/rejection/off",
        "/moderate/bulks/<bulk_id>/undo",
        "/moderate/reports/<comment_id>/<any(keep, reject):action>",
        "/moderate/appeals/<comment_id>/<any(approve, keep):action>",
        "/moderate/published-first/keep",
        "/moderate/published-first/<comment_id>/<any(keep, reject, again):action>",
        "/moderate/sample/<comment_id>/<any(approve, reject):action>",
        "/moderate/sites",
        "/moderate/sites/<site_name>",
        "/moderate/sites/<site_name>/keys",
        "/moderate/sites/<site_name>/keys/rename",
        "/moderate/sites/<site_name>/keys/revoke",
        "/moderate/sites/<site_name>/remove",
        "/moderate/sites/<site_name>/languages/add",
        "/moderate/sites/<site_name>/languages/remove",
        "/moderate/sites/<site_name>/languages/default",
        "/moderate/sites/<site_name>/languages/raise",
        "/moderate/sites/<site_name>/languages/lower",
        "/moderate/sites/<site_name>/policy",
        "/moderate/sites/<site_name>/policy/back",
        "/moderate/sites/<site_name>/safeguards",
        "/moderate/sites/<site_name>/suspects/words",
        "/moderate/sites/<site_name>/suspects/lists",
        "/moderate/thresholds",
        "/moderate/thresholds/back",
        "/moderate/webhooks",
        "/moderate/digest",
        "/moderate/feed",
        "/moderate/feed/revoke",
        f"{WEBHOOK}/test",
        f"{WEBHOOK}/<any(on, off):how>",
        f"{WEBHOOK}/remove",
        f"{WEBHOOK}/deliveries/<int(max=999999999999):delivery_id>/again",
    }


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_form_of_another_origin_is_refused(
    app: Flask, anna: Browser, flagged: Comment, comments: Comments, origin: str
) -> None:
    data = {"form_token": anna.token(), "version": flagged.version}

    answers = [
        anna.client.post(filled(rule, flagged), data=data, headers={"Origin": origin})
        for rule in routes(app, "POST")
    ]

    outcomes = {(answer.status_code, (answer.json or {}).get("type")) for answer in answers}
    assert outcomes == {(403, "urn:parley:foreign-form")}
    assert comments.get(flagged.id) == flagged
    assert anna.get().status_code == 200


def test_a_form_of_our_own_origin_is_taken(
    anna: Browser, flagged: Comment, comments: Comments
) -> None:
    answer = anna.client.post(
        f"/moderate/comments/{flagged.id}/approve",
        data={"form_token": anna.token(), "version": flagged.version},
        headers={"Origin": "http://127.0.0.1:8000"},
    )

    assert answer.status_code == 303
    assert comments.get(flagged.id).status == "approved"


def test_a_form_without_the_sessions_token_is_refused(
    app: Flask, anna: Browser, bea: Browser, flagged: Comment, comments: Comments
) -> None:
    for token in ("", bea.token(), "é", anna.token()[:-1]):
        data = {"form_token": token, "version": flagged.version}
        for rule in set(routes(app, "POST")) - OPEN_TO_ALL:
            assert anna.client.post(filled(rule, flagged), data=data).status_code == 403

    assert comments.get(flagged.id) == flagged
    assert anna.get().status_code == 200


def test_who_is_signed_out_decides_nothing(
    client: FlaskClient, flagged: Comment, comments: Comments
) -> None:
    path, data = f"/moderate/comments/{flagged.id}/approve", {"version": flagged.version}

    page = client.post(path, data=data, headers={"Accept": "text/html"})
    problem = client.post(path, data=data)

    assert page.status_code == 403
    assert "You are signed out; nothing was changed." in page.text
    assert 'name="password"' in page.text
    assert problem.json
    assert problem.json["type"] == "urn:parley:signed-out"
    assert comments.get(flagged.id) == flagged


def test_looking_changes_nothing(
    app: Flask, anna: Browser, flagged: Comment, comments: Comments
) -> None:
    for rule in {*routes(app, "GET"), *routes(app, "POST")}:
        with anna.client.get(filled(rule, flagged)) as answer:
            assert answer.status_code in (200, 303, 404, 405, 410, 422), rule

    assert comments.get(flagged.id) == flagged
    assert anna.get().status_code == 200


def test_every_answer_is_framed_scripted_and_cached_by_nobody(
    app: Flask, anna: Browser, flagged: Comment
) -> None:
    requests = [(method, rule) for method in ("GET", "POST") for rule in routes(app, method)]
    for method, rule in requests:
        with anna.client.open(filled(rule, flagged), method=method) as answer:
            headers = answer.headers
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Content-Security-Policy"] == (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        if "static" not in rule:
            assert (headers["Cache-Control"], headers["Vary"]) == ("no-store", "Cookie")


def test_the_public_pages_know_no_session(anna: Browser, flagged: Comment) -> None:
    anna.decide(flagged, "approve")

    answer = anna.client.get("/v1/comments?site=demo&page=/a")

    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
