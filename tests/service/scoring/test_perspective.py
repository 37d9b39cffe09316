"""Programs written for the Perspective API are answered as it would."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.sites import KeyScope, Site
from moderation.storage.database.engine import Database
from moderation.storage.labels.labels import Labels
from moderation.storage.sites.site_keys import SiteKeys
from tests.support.clock import FakeClock
from tests.support.web_app import MakeApp

RUDE = "😀 You are a stupid idiot."
ASKED: dict[str, Any] = {
    "comment": {"text": RUDE},
    "languages": ["en"],
    "requestedAttributes": {"TOXICITY": {}},
}
SUGGESTED: dict[str, Any] = {
    "comment": {"text": RUDE},
    "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
    "clientToken": "comment:7",
    "communityId": "Coral:https://paper.example",
}
Ask = Callable[..., TestResponse]


@pytest.fixture
def key(site: Site, site_keys: SiteKeys) -> str:
    return site_keys.make("demo", scope=KeyScope.SCORE)


@pytest.fixture
def ask(client: FlaskClient, key: str) -> Ask:
    """Analyses ASKED with some fields changed; None leaves one out."""

    def ask(path: str = "/v1alpha1/comments:analyze", **changed: Any) -> TestResponse:
        fields = {name: value for name, value in {**ASKED, **changed}.items() if value is not None}
        sent = json.dumps(fields)  # a lone surrogate as it can be sent: escaped
        return client.post(f"{path}?key={key}", data=sent, content_type="application/json")

    return ask


def scores(answer: TestResponse) -> dict[str, float]:
    attributes = answer.get_json()["attributeScores"]
    return {name: score["summaryScore"]["value"] for name, score in attributes.items()}


@pytest.mark.parametrize(
    "path",
    ["/v1alpha1/comments:analyze", "/comments:analyze", "/any/where/v1alpha1/comments:analyze"],
)
def test_a_text_is_scored_under_any_prefix(ask: Ask, path: str) -> None:
    answer = ask(path, clientToken="a7", doNotStore=True, sessionId="s")

    assert answer.status_code == 200
    assert scores(answer)["TOXICITY"] > 0.5
    assert answer.get_json()["languages"] == answer.get_json()["detectedLanguages"] == ["en"]
    assert answer.get_json()["clientToken"] == "a7"


def test_every_attribute_and_its_other_names_have_the_model_s_score(ask: Ask) -> None:
    names = ("TOXICITY", "TOXICITY@6", "SEVERE_TOXICITY", "OBSCENE", "PROFANITY", "INSULT")
    others = ("THREAT", "IDENTITY_ATTACK", "SPAM", "TOXICITY_EXPERIMENTAL")

    given = scores(ask(requestedAttributes={name: {} for name in (*names, *others)}))

    assert set(given) == {*names, *others}
    assert given["OBSCENE"] == given["PROFANITY"]
    assert given["TOXICITY"] == given["TOXICITY@6"] == given["TOXICITY_EXPERIMENTAL"]


def test_spans_are_counted_in_units_of_utf_16(ask: Ask) -> None:
    answer = ask(requestedAttributes={"INSULT": {}}, spanAnnotations=True)

    spans = answer.get_json()["attributeScores"]["INSULT"]["spanScores"]
    units = RUDE.encode("utf-16-le")
    words = [units[2 * span["begin"] : 2 * span["end"]].decode("utf-16-le") for span in spans]
    assert words == ["stupid", "idiot"]


def test_a_score_below_its_threshold_is_left_out(ask: Ask) -> None:
    wanting = {"TOXICITY": {"scoreThreshold": 0.5}, "SPAM": {"scoreThreshold": 0.99}}

    assert set(scores(ask(requestedAttributes=wanting))) == {"TOXICITY"}


JAPANESE = {"text": "これはとても良い記事です。ありがとうございました。"}


@pytest.mark.parametrize(
    ("changed", "sentence", "kind"),
    [
        ({"comment": {"text": " "}}, "Comment must be non-empty.", "COMMENT_EMPTY"),
        ({"comment": None}, "Comment must be non-empty.", "COMMENT_EMPTY"),
        ({"comment": {"text": "é" * 10_241}}, "Comment text too long.", "COMMENT_TOO_LONG"),
        ({"comment": {"text": "a" * 2_000_000}}, "Comment text too long.", "COMMENT_TOO_LONG"),
        ({"comment": {"text": 7}}, "comment.text must be a string", "INVALID_REQUEST"),
        ({"comment": "a"}, "comment must be an object", "INVALID_REQUEST"),
        ({"comment": {"text": "\ud800"}}, "valid Unicode", "INVALID_REQUEST"),
        (
            {"comment": {"text": "a", "type": "HTML"}},
            "Currently, only 'PLAIN_TEXT' comments are supported",
            "INVALID_REQUEST",
        ),
        ({"comment": {"text": "a", "type": "x"}}, "Unknown text type", "INVALID_REQUEST"),
        (
            {"requestedAttributes": {}},
            "Missing requested_attributes",
            "NO_REQUESTED_ATTRIBUTES",
        ),
        (
            {"requestedAttributes": {"FLIRTATION": {}}},
            "Unknown requested attribute: FLIRTATION",
            "INVALID_REQUEST",
        ),
        (
            {"requestedAttributes": {"TOXICITY": {"scoreType": "RAW"}}},
            "Requested score type RAW is not supported by attribute TOXICITY",
            "INVALID_REQUEST",
        ),
        (
            {"requestedAttributes": {"TOXICITY": {"scoreThreshold": "0.5"}}},
            "scoreThreshold must be a number",
            "INVALID_REQUEST",
        ),
        (
            {"requestedAttributes": {"TOXICITY": {"scoreThreshold": 10**400}}},
            "scoreThreshold must be a number",
            "INVALID_REQUEST",
        ),
        (
            {"requestedAttributes": {"\ud800": {}}},
            "Unknown requested attribute: \ud800",
            "INVALID_REQUEST",
        ),
        (
            {"requestedAttributes": {"TOXICITY": []}},
            "requestedAttributes.X must be an object",
            "INVALID_REQUEST",
        ),
        ({"languages": "en"}, "languages must be a list", "INVALID_REQUEST"),
        ({"spanAnnotations": 1}, "spanAnnotations must be true or false", "INVALID_REQUEST"),
        ({"nonsense": 1}, 'Unknown name "nonsense": Cannot find field.', "INVALID_REQUEST"),
        ({"\udfff": 1}, 'Unknown name "\udfff": Cannot find field.', "INVALID_REQUEST"),
        (
            {"context": {"entries": [], "articleAndParentComment": {}}},
            "Context can have either entries or article_and_parent_comment",
            "INVALID_REQUEST",
        ),
        (
            {"languages": ["is"]},
            "Attribute TOXICITY does not support request languages: is",
            "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        ),
        (
            {"languages": None, "comment": JAPANESE},
            "Attribute TOXICITY does not support request languages: ja",
            "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        ),
        (
            {"languages": None, "comment": {"text": "ߒߞߏ ߞߊ߲ ߦߋ߫ ߒߠߊ߫"}},
            "Unable to detect language",
            "LANGUAGE_DETECTION_FAILED",
        ),
    ],
)
def test_what_is_wrong_is_said_as_clients_match_it(
    ask: Ask, changed: dict[str, Any], sentence: str, kind: str
) -> None:
    answer = ask(**changed)

    error = answer.get_json()["error"]
    assert (answer.status_code, error["code"], error["status"]) == (400, 400, "INVALID_ARGUMENT")
    assert sentence in error["message"]
    assert error["details"][0]["errorType"] == kind


def test_the_unsupported_language_is_named_in_the_details(ask: Ask) -> None:
    error = ask(languages=["is"]).get_json()["error"]

    assert error["details"][0]["languageNotSupportedByAttributeError"] == {
        "attribute": "TOXICITY",
        "detectedLanguages": ["en"],
        "requestedLanguages": ["is"],
    }


def test_a_text_as_long_as_may_be_is_scored(ask: Ask) -> None:
    assert ask(comment={"text": "idiot " * 3_413 + "ab"}).status_code == 200


def test_a_body_that_is_no_json_is_refused_in_the_same_form(client: FlaskClient, key: str) -> None:
    answer = client.post(f"/comments:analyze?key={key}", data=b"{", content_type="text/plain")

    assert (answer.status_code, answer.get_json()["error"]["status"]) == (400, "INVALID_ARGUMENT")


def test_a_wrong_key_and_no_key_are_told_apart(client: FlaskClient, site: Site) -> None:
    wrong = client.post("/v1alpha1/comments:analyze?key=AIzaWrong", json=ASKED)
    missing = client.post("/v1alpha1/comments:analyze", json=ASKED)

    assert (wrong.status_code, wrong.get_json()["error"]["details"][0]["reason"]) == (
        400,
        "API_KEY_INVALID",
    )
    assert (missing.status_code, missing.get_json()["error"]["status"]) == (
        403,
        "PERMISSION_DENIED",
    )


def test_the_key_may_come_in_a_header(client: FlaskClient, key: str) -> None:
    for headers in ({"X-Goog-Api-Key": key}, {"Authorization": f"Bearer {key}"}):
        assert client.post("/comments:analyze", json=ASKED, headers=headers).status_code == 200


def test_a_revoked_key_asks_no_more(
    make_app: MakeApp, site: Site, site_keys: SiteKeys, key: str
) -> None:
    site_keys.revoke("demo", "score")

    answer = make_app().test_client().post(f"/comments:analyze?key={key}", json=ASKED)

    assert answer.get_json()["error"]["details"][0]["reason"] == "API_KEY_INVALID"


def test_each_key_has_its_own_limit(make_app: MakeApp, site_keys: SiteKeys, key: str) -> None:
    other = site_keys.make("demo", name="b", scope=KeyScope.SCORE)
    client = make_app(score_limit="1 per hour").test_client()

    codes = [client.post(f"/comments:analyze?key={k}", json=ASKED) for k in (key, key, other)]

    assert [answer.status_code for answer in codes] == [200, 429, 200]
    assert codes[1].get_json()["error"]["status"] == "RESOURCE_EXHAUSTED"
    assert int(codes[1].headers["Retry-After"]) > 0


def test_without_a_model_it_is_unavailable(
    make_app: MakeApp, key: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    client = make_app(model=tmp_path_factory.mktemp("empty")).test_client()

    answer = client.post(f"/comments:analyze?key={key}", json=ASKED)

    assert (answer.status_code, answer.get_json()["error"]["status"]) == (503, "UNAVAILABLE")


def test_a_suggestion_becomes_a_label(
    client: FlaskClient, key: str, database: Database, clock: FakeClock, site: Site
) -> None:
    answer = client.post(f"/v1alpha1/comments:suggestscore?key={key}", json=SUGGESTED)

    assert answer.json == {
        "clientToken": "comment:7",
        "detectedLanguages": ["en"],
        "requestedLanguages": [],
    }
    labels = Labels(database, clock).of_site(site)
    assert [(label.text, label.attribute, label.value, label.source) for label in labels] == [
        (RUDE, "toxicity", 1.0, "suggestscore")
    ]


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ({}, "attribute_scores must be non-empty"),
        ({"TOXICITY": {}}, "must be non-empty"),
        ({"TOXICITY": {"summaryScore": {"value": 2}}}, "from 0 to 1"),
        ({"TOXICITY": {"summaryScore": {"value": True}}}, "must be a number"),
        ({"TOXICITY": {"summaryScore": {"value": -(10**400)}}}, "must be a number"),
        ({"TOXICITY": {"spanScores": [{"begin": 0}]}}, "needs begin and end"),
        ({"TOXICITY": {"spanScores": [{"begin": 0, "end": 10**400}]}}, "end must be a number"),
        ({"FUN": {"summaryScore": {"value": 1}}}, "Unknown requested attribute: FUN"),
    ],
)
def test_a_wrong_suggestion_is_no_label(
    client: FlaskClient, key: str, app: Flask, site: Site, scores: object, sentence: str
) -> None:
    sent = {**SUGGESTED, "attributeScores": scores}

    answer = client.post(f"/comments:suggestscore?key={key}", json=sent)

    assert answer.status_code == 400
    assert sentence in answer.get_json()["error"]["message"]
    assert list(app.extensions["parley"].labels.of_site(site)) == []


def test_the_discovery_document_leads_to_this_server(client: FlaskClient) -> None:
    plain = client.get("/$discovery/rest?version=v1alpha1").get_json()
    prefixed = client.get("/old/$discovery/rest").get_json()

    assert plain["rootUrl"].endswith("/")
    assert prefixed["rootUrl"] == f"{plain['rootUrl']}old/"
    assert set(plain["resources"]["comments"]["methods"]) == {"analyze", "suggestscore"}
