"""Every protocol refuses in its own form: the same faults, put to each of them."""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from moderation.sites import KeyScope, Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments
from moderation.storage.sites.coral_secrets import CoralSecrets
from moderation.storage.sites.site_keys import SiteKeys
from tests.support.clock import FakeClock

CIVIL = "Thank you for this article."
SECRET = "the signing secret of Coral"  # noqa: S105
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
BEARER = "Authorization"


@dataclass(frozen=True)
class Question:
    """A request of some protocol, before its key is put where the protocol has it."""

    path: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = JSON


Ask = Callable[[Question], TestResponse]
Form = Callable[..., Question]


def analysis(key: str, text: object = CIVIL, **more: object) -> Question:
    fields = {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}, **more}
    return Question(f"/v1alpha1/comments:analyze?key={quote(key)}", json.dumps(fields).encode())


def suggestion(key: str, text: object = CIVIL, **more: object) -> Question:
    scores = {"TOXICITY": {"summaryScore": {"value": 1}}}
    fields = {"comment": {"text": text}, "attributeScores": scores, **more}
    return Question(f"/comments:suggestscore?key={quote(key)}", json.dumps(fields).encode())


def moderation(key: str, text: object = CIVIL) -> Question:
    return Question(
        "/v1/moderations", json.dumps({"input": text}).encode(), {BEARER: f"Bearer {key}"}
    )


def check(key: str, text: object = CIVIL) -> Question:
    body = json.dumps({"comments": [{"text": text}]}).encode()
    return Question("/v1/checks", body, {BEARER: f"Bearer {key}"})


def spam_check(key: str, text: object = CIVIL) -> Question:
    form = f"api_key={quote(key)}&blog=https://paper.example&user_ip=192.0.2.1&comment_content="
    return Question("/1.1/comment-check", (form + quote(str(text))).encode(), {}, FORM)


def spam_report(key: str, text: object = CIVIL) -> Question:
    question = spam_check("", text)
    prefix = f"/akismet/{quote(key)}" if key else "/akismet"
    return Question(f"{prefix}/1.1/submit-spam", question.body, {}, FORM)


def phase(secret: str, text: object = CIVIL) -> Question:
    body = json.dumps({"action": "NEW", "comment": {"body": text}}).encode()
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return Question("/coral/demo", body, {"X-Coral-Signature": f"sha256={digest}"})


KEYED: tuple[Form, ...] = (analysis, suggestion, moderation, check, spam_check, spam_report)
EVERY: tuple[Form, ...] = (*KEYED, phase)


@pytest.fixture
def key(site: Site, site_keys: SiteKeys) -> str:
    return site_keys.make(site.name, scope=KeyScope.SCORE)


@pytest.fixture
def ask(client: FlaskClient, database: Database, site: Site) -> Ask:
    CoralSecrets(database, FakeClock()).add(site.name, SECRET)

    def ask(question: Question) -> TestResponse:
        return client.post(
            question.path,
            data=question.body,
            headers=dict(question.headers),
            content_type=question.content_type,
        )

    return ask


def heard(answer: TestResponse) -> str:
    """What a program of the answer's protocol reads, in a line; an error of no form fails here."""
    assert answer.headers["Cache-Control"] == "no-store"
    if answer.mimetype == "text/plain":
        debug = answer.headers.get("X-akismet-debug-help", "")
        return f"akismet {answer.status_code} {answer.text} {'explained' if debug else ''}".strip()
    fields = answer.get_json()
    if answer.mimetype == "application/problem+json":
        assert fields["status"] == answer.status_code
        return f"problem {answer.status_code} {fields['type']} {fields.get('field', '')}".strip()
    error = fields["error"]
    assert error["message"]
    if "type" in error:
        return f"openai {answer.status_code} {error['type']} {error['code']}"
    assert error["code"] == answer.status_code
    (detail,) = error.get("details", [{}])
    kind = detail.get("errorType", detail.get("reason", ""))
    return f"google {answer.status_code} {error['status']} {kind}".strip()


def answered(question: Question, ask: Ask) -> str:
    return heard(ask(question))


GOOGLE_KEY = "google 400 INVALID_ARGUMENT API_KEY_INVALID"
REFUSED_KEYS: dict[Form, str] = {
    analysis: GOOGLE_KEY,
    suggestion: GOOGLE_KEY,
    moderation: "openai 401 invalid_request_error invalid_api_key",
    check: "problem 401 urn:parley:wrong-key",
    spam_check: "akismet 200 invalid explained",
    spam_report: "akismet 200 invalid explained",
    phase: "problem 403 urn:parley:wrong-signature",
}


@pytest.mark.parametrize("protocol", EVERY)
def test_a_right_key_is_answered(ask: Ask, key: str, protocol: Form) -> None:
    assert ask(protocol(SECRET if protocol is phase else key)).status_code == 200


@pytest.mark.parametrize("wrong", ["AIzaWrong", "ü", "\U0001f600", "x" * 3_000, "a b", "%"])
@pytest.mark.parametrize("protocol", EVERY)
def test_a_wrong_key_is_refused(ask: Ask, wrong: str, protocol: Form) -> None:
    if not wrong.isascii() and protocol in (moderation, check):
        wrong = wrong.encode().decode("latin-1")

    assert answered(protocol(wrong), ask) == REFUSED_KEYS[protocol]


@pytest.mark.parametrize("protocol", KEYED)
def test_a_revoked_key_is_refused(
    ask: Ask, key: str, site_keys: SiteKeys, app: Flask, protocol: Form
) -> None:
    site_keys.revoke("demo", "score")

    assert answered(protocol(key), ask) == REFUSED_KEYS[protocol]


@pytest.mark.parametrize("protocol", EVERY)
def test_no_key_at_all_is_refused(ask: Ask, protocol: Form) -> None:
    no_key: dict[Form, str] = dict.fromkeys((analysis, suggestion), "google 403 PERMISSION_DENIED")

    assert answered(protocol(""), ask) == {**REFUSED_KEYS, **no_key}[protocol]


TOO_LONG = "google 400 INVALID_ARGUMENT COMMENT_TOO_LONG"
HUGE: dict[Form, str] = {
    analysis: TOO_LONG,
    suggestion: TOO_LONG,
    moderation: "openai 400 invalid_request_error None",
    check: "problem 422 urn:parley:invalid-field comments[0].text",
    spam_check: "akismet 413 too-large explained",
    spam_report: "akismet 413 too-large explained",
    phase: "problem 413 urn:parley:too-large",
}


@pytest.mark.parametrize("protocol", EVERY)
def test_two_megabytes_are_refused(ask: Ask, key: str, protocol: Form) -> None:
    question = protocol(SECRET if protocol is phase else key, "x" * 2_000_000)

    assert answered(question, ask) == HUGE[protocol]


@pytest.mark.parametrize("protocol", EVERY)
def test_twenty_kilobytes_are_taken_where_the_protocol_takes_them(
    ask: Ask, key: str, protocol: Form
) -> None:
    answer = ask(protocol(SECRET if protocol is phase else key, "word " * 4_096))

    if protocol in (moderation, check):
        assert heard(answer) == HUGE[protocol]
    else:
        assert answer.status_code == 200


ASKED_WRONGLY: dict[Form, str] = {
    analysis: "google 400 INVALID_ARGUMENT INVALID_REQUEST",
    suggestion: "google 400 INVALID_ARGUMENT INVALID_REQUEST",
    moderation: "openai 400 invalid_request_error None",
    check: "problem 422 urn:parley:invalid-field comments[0].text",
    phase: "problem 400 urn:parley:malformed-body",
}


@pytest.mark.parametrize("text", [7, 1.5, True, [["a"]], {"a": "b"}, "\ud800", "a\0b"])
@pytest.mark.parametrize("protocol", ASKED_WRONGLY)
def test_what_is_no_text_is_refused(ask: Ask, key: str, text: object, protocol: Form) -> None:
    question = protocol(SECRET if protocol is phase else key, text)

    if protocol is phase and isinstance(text, str):
        assert ask(question).status_code == 200  # nothing is stored: any letters can be judged
    else:
        assert answered(question, ask) == ASKED_WRONGLY[protocol]


@pytest.mark.parametrize(
    "body", [b" ", b"{", b"[]", b"null", b'"a"', b"\xff", b"[" * 5_000, b'{"a": NaN}', b'{"":']
)
@pytest.mark.parametrize("protocol", [analysis, suggestion, moderation, check])
def test_a_body_that_is_no_object_is_refused(
    ask: Ask, key: str, body: bytes, protocol: Form
) -> None:
    asked = protocol(key)
    refused: dict[Form, str] = {
        moderation: "openai 400 invalid_request_error None",
        check: "problem 400 urn:parley:malformed-body",
    }

    answer = answered(Question(asked.path, body, asked.headers), ask)

    assert answer == refused.get(protocol, "google 400 INVALID_ARGUMENT")


FORMS = {
    "perspective": "google 405 UNIMPLEMENTED",
    "akismet": "akismet 405 wrong-method explained",
    "openai_moderations": "openai 405 invalid_request_error None",
    "checks": "problem 405 urn:parley:wrong-method",
    "coral": "problem 405 urn:parley:wrong-method",
}
NOWHERE = {
    "perspective": "google 404 NOT_FOUND",
    "akismet": "akismet 404 not-found explained",
    "openai_moderations": "openai 404 invalid_request_error None",
    "checks": "problem 404 urn:parley:not-found",
    "coral": "problem 404 urn:parley:not-found",
}


def addresses(app: Flask, protocol: str) -> Iterator[tuple[str, set[str]]]:
    """Each address of a protocol, with its methods."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] == protocol:
            yield re.sub("<[^>]*>", "demo", rule.rule), set(rule.methods or ())


@pytest.mark.parametrize("protocol", FORMS)
def test_another_method_is_refused_in_the_protocols_form(
    client: FlaskClient, app: Flask, protocol: str
) -> None:
    for address, methods in addresses(app, protocol):
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - methods:
            answer = client.open(address, method=method)

            assert heard(answer) == FORMS[protocol]
            assert set(answer.headers["Allow"].split(", ")) == methods


@pytest.mark.parametrize("protocol", NOWHERE)
def test_an_address_with_a_slash_at_its_end_is_refused_in_the_protocols_form(
    client: FlaskClient, app: Flask, protocol: str
) -> None:
    for address, methods in addresses(app, protocol):
        method = "POST" if "POST" in methods else "GET"

        assert heard(client.open(f"{address}/", method=method)) == NOWHERE[protocol]


@pytest.mark.parametrize(
    ("path", "heard_of"),
    [
        ("/v1alpha1/comments:check", NOWHERE["perspective"]),
        ("/$discovery/apis", NOWHERE["perspective"]),
        ("/1.1/check-comment", NOWHERE["akismet"]),
        ("/akismet/demo/1.3/verify-key", NOWHERE["akismet"]),
        ("/akismet/verify-key", "problem 404 urn:parley:not-found"),
        ("/v1/moderation", "problem 404 urn:parley:not-found"),
        ("/v1/comments:batch/", "problem 404 urn:parley:not-found"),
    ],
)
def test_an_unknown_address_is_refused_in_the_form_of_the_protocol_that_it_is_like(
    client: FlaskClient, path: str, heard_of: str
) -> None:
    assert heard(client.post(path)) == heard_of


@pytest.mark.parametrize(
    ("path", "heard_of"),
    [
        ("/v1alpha1/comments:analyze?key=a%00b", "google 400 INVALID_ARGUMENT API_KEY_INVALID"),
        ("/comments:suggestscore?key=%00", "google 400 INVALID_ARGUMENT API_KEY_INVALID"),
        ("/akismet/a%00b/1.1/verify-key", "akismet 200 invalid explained"),
        ("/coral/de%00mo", "problem 404 urn:parley:not-found"),
    ],
)
def test_a_key_with_a_nul_is_a_wrong_key(client: FlaskClient, path: str, heard_of: str) -> None:
    assert heard(client.post(path, json={})) == heard_of


def test_a_key_of_another_site_answers_for_its_own(
    ask: Ask, sites: Sites, site_keys: SiteKeys
) -> None:
    sites.add(Site(0, "other", "Other", ("https://other.example",)))
    foreign = site_keys.make("other", scope=KeyScope.SCORE)

    for protocol in KEYED:
        assert ask(protocol(foreign)).status_code == 200


def test_what_is_sent_again_is_answered_again_and_stores_no_comment(
    ask: Ask, key: str, database: Database
) -> None:
    for protocol in EVERY:
        question = protocol(SECRET if protocol is phase else key)
        first, second = (ask(question) for _ in "ab")
        if protocol is not moderation:  # whose answers have a number each
            assert first.data == second.data
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(comments)).scalar_one() == 0
