"""What anybody may read, a page of any origin may read; only the site's own pages may submit."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from moderation.sites import KeyScope, Site
from moderation.storage.sites.site_keys import SiteKeys
from service.public.read import MAX_COUNTS
from tests.support.web_app import ORIGIN

ANYWHERE = ["https://evil.example", "null", "capacitor://localhost", ORIGIN]
READ = [
    *("/v1/comments?site=demo&page=/a", "/v1/counts?site=demo&page=/a", "/v1/comments/unknown"),
    *("/v1/comments?site=unknown&page=/a", "/v1/comments", "/embed.js", "/embed.css"),
    "/openapi.json",
]
ONE = {"summaryScore": {"value": 1}}
SUBMIT = ["/v1/comments", "/v1/comments/WoyixB63yosAog5x/reports"]
TRACING = "traceparent, baggage, sentry-trace, x-anything, if-none-match, parley-author-token"


@pytest.mark.parametrize("origin", ANYWHERE)
@pytest.mark.parametrize("path", READ)
def test_what_is_read_may_be_read_by_any_page(
    client: FlaskClient, site: Site, path: str, origin: str
) -> None:
    preflight = client.options(
        path,
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": TRACING,
        },
    )
    answer = client.get(path, headers={"Origin": origin})

    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Headers"] == TRACING
    for response in (preflight, answer):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert "Origin" not in response.headers.get("Vary", "").split(", ")


@pytest.mark.parametrize("path", SUBMIT)
def test_only_the_sites_own_pages_may_submit(client: FlaskClient, site: Site, path: str) -> None:
    allowed = {}
    for origin in ANYWHERE:
        asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": TRACING}
        preflight = client.options(path, headers={"Origin": origin, **asked})
        answer = client.post(path, json={}, headers={"Origin": origin})
        allowed[origin] = {
            response.headers.get("Access-Control-Allow-Origin") for response in (preflight, answer)
        }
        assert "Origin" in answer.headers["Vary"]

    assert allowed == {origin: {ORIGIN if origin == ORIGIN else None} for origin in ANYWHERE}


@pytest.mark.parametrize("prefix", ["", "/v1alpha1", "/v1", "/any/where/v1alpha1"])
@pytest.mark.parametrize("method", ["analyze", "suggestscore"])
def test_pages_of_any_origin_may_ask_in_place_of_perspective_by_a_key(
    client: FlaskClient, site_keys: SiteKeys, site: Site, prefix: str, method: str
) -> None:
    key = site_keys.make("demo", scope=KeyScope.SCORE)
    path, origin = f"{prefix}/comments:{method}", ANYWHERE[0]
    asked = {"comment": {"text": "Well argued."}}
    scores = {"requestedAttributes": {"TOXICITY": {}}, "attributeScores": {"TOXICITY": ONE}}
    sent = asked | {name: scores[name] for name in scores if (name[0] == "r") == (method[0] == "a")}
    headers = "content-type, x-goog-api-key"
    preflight = client.options(
        path,
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": headers,
        },
    )
    known = client.post(path, json=sent, headers={"Origin": origin, "X-Goog-Api-Key": key})
    unknown = client.post(f"{path}?key=none", json=sent, headers={"Origin": origin})

    assert [answer.status_code for answer in (preflight, known, unknown)] == [204, 200, 400]
    assert preflight.headers["Access-Control-Allow-Headers"] == headers
    for answer in (preflight, known, unknown):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_the_discovery_document_may_be_read_by_any_page(client: FlaskClient) -> None:
    path = "/$discovery/rest?version=v1alpha1"
    answer = client.get(path, headers={"Origin": ANYWHERE[0]})

    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_no_page_may_send_a_servers_key(client: FlaskClient, site: Site) -> None:
    asked = "Authorization, AUTHORIZATION , traceparent, bad name, é,,"
    answer = client.options(
        "/v1/comments", headers={"Origin": ORIGIN, "Access-Control-Request-Headers": asked}
    )

    assert answer.headers["Access-Control-Allow-Headers"] == "traceparent"


def test_no_page_may_read_what_moderators_see(app: Flask, site: Site) -> None:
    client = app.test_client()
    rules = [rule for rule in app.url_map.iter_rules() if "moderat" in rule.rule]
    values = {name: 1 for rule in rules for name in rule.arguments} | {"action": "approve"}
    adapter = app.url_map.bind("127.0.0.1")

    assert len(rules) > 20
    for rule in rules:
        arguments = {name: values[name] for name in rule.arguments} | {"how": "on"}
        for action in ("keep", "pin"):
            if action in rule.rule:
                arguments["action"] = action
        path = adapter.build(rule.endpoint, arguments, append_unknown=False)
        for method in ("GET", "OPTIONS", "POST"):
            answer = client.open(path, method=method, headers={"Origin": ORIGIN})
            assert "Access-Control-Allow-Origin" not in answer.headers, path


def test_counts_of_as_many_long_pages_as_allowed(client: FlaskClient, site: Site) -> None:
    keys = [f"/{'x' * 490}{number}" for number in range(MAX_COUNTS)]

    answer = client.get("/v1/counts", query_string={"site": "demo", "page": keys})

    assert (answer.json or {})["counts"] == dict.fromkeys(keys, 0)
