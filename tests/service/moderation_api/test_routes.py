"""The moderators' queue for programs: by token, in scope, one winner."""

import re
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.accounts.moderators import Role
from moderation.comments import Comment, Status
from moderation.policy import Decision, Reason
from moderation.rules.circumstances import PUBLISHED_FIRST
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, LIKELY, SCORES, add_scored
from tests.support.moderator_browser import PASSWORD, Browser, signed_in
from tests.support.web_app import NO_NUMBERS

_TOKEN = re.compile(r'id="token">([\w-]+)<')
QUEUE = "/v1/moderation/queue"


class Program:
    """A program with a moderator's token."""

    def __init__(self, browser: Browser, client: FlaskClient) -> None:
        shown = browser.send("/moderate/tokens", name="a bot")
        token = _TOKEN.search(shown.text)
        assert token, shown.text
        self.token = token[1]
        self._client = client

    def get(self, path: str = QUEUE) -> TestResponse:
        return self._client.get(path, headers=self._headers())

    def decide(self, comment: Comment, **fields: object) -> TestResponse:
        body = {"status": "approved", "version": comment.version, **fields}
        path = f"/v1/moderation/comments/{comment.id}/decision"
        return self._client.post(path, json=body, headers=self._headers())

    def send(self, path: str, **form: object) -> TestResponse:
        return self._client.post(path, data=form, headers=self._headers())

    def put(self, path: str) -> TestResponse:
        return self._client.put(path, headers=self._headers())

    def post_version(self, path: str) -> TestResponse:
        return self._client.post(path, json={"version": 1}, headers=self._headers())

    def pin(self, comment: Comment) -> TestResponse:
        return self.put(f"/v1/moderation/comments/{comment.id}/pin")

    def unpin(self, comment: Comment) -> TestResponse:
        path = f"/v1/moderation/comments/{comment.id}/pin"
        return self._client.delete(path, headers=self._headers())

    def seen(self, comment: Comment, **body: object) -> TestResponse:
        path = f"/v1/moderation/comments/{comment.id}/seen"
        return self._client.post(path, json=body, headers=self._headers())

    def note(self, comment: Comment, note: object) -> TestResponse:
        path = f"/v1/moderation/comments/{comment.id}/notes"
        return self._client.post(path, json={"note": note}, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@pytest.fixture
def moderators(database: Database, clock: FakeClock) -> Moderators:
    return Moderators(database, clock)


@pytest.fixture
def anna(app: Flask, moderators: Moderators) -> Browser:
    return signed_in(app, moderators, "Anna")


@pytest.fixture
def program(anna: Browser, app: Flask) -> Program:
    return Program(anna, app.test_client())


@pytest.fixture
def flagged(database: Database, clock: FakeClock, site: Site) -> Comment:
    return add_scored(database, clock, url="https://paper.example/a", title="A bridge")


def test_what_waits_is_read(program: Program, flagged: Comment) -> None:
    answer = program.get()

    assert answer.json == {
        "waiting": 1,
        "sections": {"in_doubt": 1, "likely_rejected": 0, "published_first": 0},
        "comments": [
            {
                "id": flagged.id,
                "version": 2,
                "status": "flagged",
                "section": "in_doubt",
                "site": "demo",
                "page": "/a",
                "url": "https://paper.example/a",
                "title": "A bridge",
                "name": "Ada",
                "text": "Well argued, thank you.",
                "submitted_at": "2026-01-31T12:00:00.000Z",
                "edited_at": None,
                "parent": None,
                "staff": False,
                "pinned": False,
                "reasons": [{"rule": "toxicity", "score": 0.83, "threshold": 0.41, "part": "text"}],
                "scores": SCORES,
                "name_scores": dict.fromkeys(SCORES),
                "model": "test-1",
                "notes": [],
            }
        ],
        "next": None,
    }
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_the_queue_is_read_by_pages(
    program: Program, database: Database, clock: FakeClock, site: Site
) -> None:
    waiting = []
    for _ in range(3):
        clock.advance(1)
        waiting.append(add_scored(database, clock).id)

    first = program.get(f"{QUEUE}?limit=2&site=demo").json or {}
    second = program.get(f"{QUEUE}?limit=2&after={first['next']}").json or {}

    assert [comment["id"] for comment in first["comments"] + second["comments"]] == waiting
    assert second["next"] is None


def test_a_decision_is_taken_and_noted(
    program: Program, flagged: Comment, comments: Comments, database: Database
) -> None:
    decided = program.decide(flagged, status="rejected")

    body = decided.json or {}
    assert (decided.status_code, body["status"], body["version"]) == (200, "rejected", 3)
    assert comments.get(flagged.id).status is Status.REJECTED
    assert AuditLog(database).newest(1)[0].actor == "moderator Anna"
    assert (program.get(f"/v1/moderation/comments/{flagged.id}").json or {}) == body


def test_a_decision_and_a_note_are_taken_as_a_form_too(program: Program, flagged: Comment) -> None:
    path = f"/v1/moderation/comments/{flagged.id}"

    decided = program.send(f"{path}/decision", status="approved", version=flagged.version)
    noted = program.send(f"{path}/notes", note="Asked the author.")

    assert (decided.status_code, (decided.json or {})["status"]) == (200, "approved")
    assert [note["text"] for note in (noted.json or {})["notes"]] == ["Asked the author."]


@pytest.mark.parametrize(("given", "kept"), [({}, "other"), ({"reason": "hate"}, "hate")])
def test_a_rejection_says_why(
    program: Program, flagged: Comment, given: dict[str, object], kept: str
) -> None:
    decided = program.decide(flagged, status="rejected", **given).json or {}

    assert [reason["rule"] for reason in decided["reasons"]] == ["toxicity", kept]


def test_a_decision_is_taken_back(program: Program, flagged: Comment) -> None:
    decided = program.decide(flagged).json or {}

    undone = program.decide(flagged, status="flagged", version=decided["version"]).json or {}

    assert (undone["status"], undone["version"]) == ("flagged", 4)
    assert (program.get().json or {})["waiting"] == 1


def test_a_note_stays_with_the_comment(program: Program, flagged: Comment) -> None:
    noted = program.note(flagged, " Asked the desk. ").json or {}

    assert noted["notes"] == [
        {"by": "Anna", "text": "Asked the desk.", "written_at": "2026-01-31T12:00:00.000Z"}
    ]
    assert (program.get().json or {})["comments"] == [noted]


@pytest.mark.parametrize("note", ["", " ", None, 7, "x" * 1001])
def test_what_is_no_note_is_refused(program: Program, flagged: Comment, note: object) -> None:
    answer = program.note(flagged, note)

    assert (answer.status_code, (answer.json or {})["field"]) == (422, "note")


def test_what_waits_for_a_worker_is_decided_too(program: Program, pending: Comment) -> None:
    assert (program.decide(pending).json or {})["status"] == "approved"


def test_who_comes_second_is_told_what_it_is_now(program: Program, flagged: Comment) -> None:
    program.decide(flagged)

    second = program.decide(flagged, status="rejected")

    assert second.status_code == 409
    assert second.json == {
        "type": "urn:parley:decided-already",
        "title": "Conflict",
        "status": 409,
        "detail": "the comment was approved already by Anna",
        "comment": {"id": flagged.id, "status": "approved", "version": 3},
    }


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"status": "deleted"}, "status"),
        ({"status": None}, "status"),
        ({"status": ["approved"]}, "status"),
        ({"status": "rejected", "reason": "dull"}, "reason"),
        ({"status": "approved", "reason": "spam"}, "reason"),
        ({"status": "rejected", "reason": ["spam"]}, "reason"),
        ({"version": None}, "version"),
        ({"version": True}, "version"),
        ({"version": 1.5}, "version"),
        ({"version": "x"}, "version"),
        ({"version": 10**30}, "version"),
        ({"version": 0}, "version"),
    ],
)
def test_what_is_no_decision_is_refused(
    program: Program,
    flagged: Comment,
    comments: Comments,
    fields: dict[str, object],
    field: str,
) -> None:
    answer = program.decide(flagged, **fields)

    assert (answer.status_code, (answer.json or {})["field"]) == (422, field)
    assert comments.get(flagged.id) == flagged


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("limit=0", 422),
        ("limit=101", 422),
        ("limit=0000000019999", 422),
        ("after=no-such", 422),
        ("site=no-such", 404),
    ],
)
def test_what_is_no_question_is_refused(program: Program, query: str, status: int) -> None:
    assert program.get(f"{QUEUE}?{query}").status_code == status


def test_a_limit_and_a_version_are_whole_numbers(program: Program, flagged: Comment) -> None:
    for given in NO_NUMBERS:
        assert program.get(f"{QUEUE}?limit={quote(given)}").status_code == 422, given[:40]
        assert program.decide(flagged, version=given).status_code == 422, given[:40]


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer x", "Basic x", "Bearer é"])
def test_nobody_asks_without_a_token(
    app: Flask, anna: Browser, flagged: Comment, authorization: str | None
) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    paths = [
        ("GET", QUEUE),
        ("GET", f"/v1/moderation/comments/{flagged.id}"),
        ("POST", f"/v1/moderation/comments/{flagged.id}/decision"),
        ("POST", f"/v1/moderation/comments/{flagged.id}/notes"),
    ]

    for method, path in paths:  # with Anna's cookies, which count for nothing here
        answer = anna.client.open(path, method=method, headers=headers)
        assert (answer.status_code, (answer.json or {})["type"]) == (401, "urn:parley:wrong-token")


def test_a_token_ends_when_it_is_revoked(program: Program, anna: Browser) -> None:
    revoke = re.search(r'"(/moderate/tokens/\d+/revoke)"', anna.page("/moderate/account"))
    assert revoke

    assert anna.send(revoke[1]).location == "/moderate/account?done=revoked"

    assert program.get().status_code == 401
    assert "You have no tokens." in anna.page("/moderate/account")


def test_a_number_that_no_token_has_is_at_no_address(anna: Browser) -> None:
    for number in ("9" * 10, "9" * 40, "9" * 5_000):
        assert anna.send(f"/moderate/tokens/{number}/revoke").status_code == 404


def test_nobody_revokes_anothers_token(
    program: Program, app: Flask, moderators: Moderators
) -> None:
    signed_in(app, moderators, "Bea").send("/moderate/tokens/1/revoke")

    assert program.get().status_code == 200


def test_a_token_ends_with_a_reset_and_with_its_holders_leave(
    program: Program, app: Flask, moderators: Moderators, database: Database, clock: FakeClock
) -> None:
    bea = Program(signed_in(app, moderators, "Bea"), app.test_client())

    moderators.reset("Anna")
    Roles(database, clock).deactivate("Bea")

    assert (program.get().status_code, bea.get().status_code) == (401, 401)


def test_a_token_is_made_with_the_password_and_kept_as_a_hash(anna: Browser) -> None:
    anna.send("/moderate/password", new=PASSWORD)

    refused = anna.send("/moderate/tokens", name="a bot", current="four other words")
    made = anna.send("/moderate/tokens", name="<b>", current=PASSWORD)

    assert refused.status_code == 403
    token = _TOKEN.search(made.text)
    assert token
    page = anna.page("/moderate/account")
    assert "&lt;b&gt;" in page
    assert token[1] not in page


def test_a_token_reaches_as_far_as_its_holder(
    app: Flask,
    anna: Browser,
    moderators: Moderators,
    database: Database,
    clock: FakeClock,
    flagged: Comment,
    sites: Sites,
    comments: Comments,
) -> None:
    sites.add(Site(0, "other", "Other", ()))
    elsewhere = add_scored(database, clock, site="other")
    bea = Program(signed_in(app, moderators, "Bea"), app.test_client())
    Roles(database, clock).set_role("Bea", Role.MODERATOR, sites=["demo"])

    answers = [
        bea.get(f"{QUEUE}?site=other"),
        bea.get(f"/v1/moderation/comments/{elsewhere.id}"),
        bea.decide(elsewhere),
        bea.note(elsewhere, "Here."),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert bea.get(f"{QUEUE}?after={elsewhere.id}").status_code == 422
    assert (bea.get().json or {})["waiting"] == 1
    assert comments.get(elsewhere.id) == elsewhere


def test_a_viewers_token_reads_and_decides_nothing(
    app: Flask, anna: Browser, moderators: Moderators, flagged: Comment, comments: Comments
) -> None:
    vera = Program(signed_in(app, moderators, "Vera"), app.test_client())
    anna.send("/moderate/people/change", name="Vera", role="viewer", reach="every")

    refused = vera.decide(flagged)

    assert (refused.status_code, (refused.json or {})["type"]) == (403, "urn:parley:not-allowed")
    assert vera.note(flagged, "I looked.").status_code == 403
    assert (vera.get().json or {})["waiting"] == 1
    assert comments.get(flagged.id) == flagged


def test_sections_of_the_queue_are_counted_and_read_apart(
    program: Program, database: Database, clock: FakeClock, site: Site
) -> None:
    doubtful, likely = add_scored(database, clock), add_scored(database, clock, LIKELY)
    sections = {"in_doubt": 1, "likely_rejected": 1, "published_first": 0}

    for query, shown in (
        ("", [doubtful, likely]),
        ("?section=in_doubt", [doubtful]),
        ("?section=likely_rejected", [likely]),
    ):
        answer = program.get(f"{QUEUE}{query}").get_json()
        assert [comment["id"] for comment in answer["comments"]] == [one.id for one in shown]
        assert (answer["waiting"], answer["sections"]) == (len(shown), sections)
    assert program.get(f"{QUEUE}?section=else").status_code == 422


def test_what_is_decided_is_in_no_section(program: Program, flagged: Comment) -> None:
    before = program.get(f"/v1/moderation/comments/{flagged.id}").get_json()["section"]

    after = program.decide(flagged).get_json()["section"]

    assert (before, after) == ("in_doubt", None)


def test_a_published_comment_is_pinned_and_unpinned(
    program: Program, client: FlaskClient, database: Database, clock: FakeClock, site: Site
) -> None:
    first = add_scored(database, clock, GOOD, text="first")
    clock.advance(1)
    second = add_scored(database, clock, GOOD, text="second")

    pinned = program.pin(second)
    read = client.get("/v1/comments?site=demo&page=/a").get_json()["comments"]
    unpinned = program.unpin(second)

    assert (pinned.get_json()["pinned"], unpinned.get_json()["pinned"]) == (True, False)
    assert [(one["id"], one["pinned"]) for one in read] == [(second.id, True), (first.id, False)]


def test_what_waits_cannot_be_pinned(program: Program, flagged: Comment) -> None:
    refused = program.pin(flagged)

    assert (refused.status_code, refused.get_json()["type"]) == (409, "urn:parley:not-pinnable")


def test_what_was_published_first_is_a_section_until_somebody_looked(
    program: Program, database: Database, clock: FakeClock, site: Site
) -> None:
    reasons = (Reason(PUBLISHED_FIRST), Reason("toxicity", 0.83, 0.41))
    first, second = (
        add_scored(database, clock, Decision(Status.APPROVED, reasons)) for _ in range(2)
    )
    section = f"{QUEUE}?section=published_first&limit=1"

    body = program.get(section).get_json()
    rest = program.get(f"{section}&after={body['next']}").get_json()
    seen = program.seen(first, version=first.version)
    late = program.seen(first, version=first.version)
    wrong = program.seen(second, version=second.version + 1)

    assert (body["waiting"], body["sections"]["published_first"]) == (2, 2)
    ids = [comment["id"] for comment in body["comments"] + rest["comments"]]
    assert ids == [first.id, second.id]
    assert body["comments"][0]["section"] == "published_first"
    assert (seen.status_code, seen.get_json()["section"]) == (200, None)
    assert (late.status_code, wrong.status_code) == (409, 409)
    assert program.get(QUEUE).get_json()["sections"]["published_first"] == 1


@pytest.mark.parametrize("way", ["", "/pin", "/seen"])
def test_an_id_that_no_database_can_look_for_is_not_found(program: Program, way: str) -> None:
    path = f"/v1/moderation/comments/a%00b{way}"
    ask = {"": program.get, "/pin": program.put, "/seen": program.post_version}[way]

    assert ask(path).status_code == 404
