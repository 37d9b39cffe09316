"""The check of answers against the description finds what is not described."""

import json
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, Response, jsonify

from service.openapi.document import description
from tests.support.openapi import Exchange, differences

DOCUMENT = description("https://comments.example")
COMMENT = {
    "id": "x",
    "status": "pending",
    "status_url": "https://comments.example/v1/comments/x",
    "author_token": "secret",
    "author_url": "https://comments.example/own/x/secret",
}
WITHOUT_TOKEN = {name: value for name, value in COMMENT.items() if name != "author_token"}
SUBMISSION = {"site": "demo", "page": "/a", "name": "Ada", "text": "Hello", "url": None}
SUBMITTED = Exchange(
    path="/v1/comments",
    method="post",
    status=202,
    content_type="application/json",
    body=json.dumps(COMMENT).encode(),
    sent_type="application/json",
    sent=json.dumps(SUBMISSION).encode(),
)
TERMS = (
    b'"next": null, "max_text": 9, "closed": false, "closed_reason": null, "reader_mail": false}'
)
READ = Exchange(
    path="/v1/comments",
    method="get",
    status=200,
    content_type="application/json",
    body=b'{"count": 0, "comments": [], ' + TERMS,
    query={"site": ["demo"], "page": ["/a"], "limit": ["5"]},
)
REFUSED = Exchange(
    path=None,
    method="get",
    status=404,
    content_type="application/problem+json",
    body=b'{"type": "urn:parley:not-found", "title": "Not Found", "status": 404, "detail": "x"}',
)


@pytest.mark.parametrize("exchange", [SUBMITTED, READ, REFUSED])
def test_what_is_described_has_no_difference(exchange: Exchange) -> None:
    assert differences(DOCUMENT, exchange) == []


def answered(**fields: object) -> dict[str, Any]:
    """The answer to a submission, with some fields changed."""
    return {"body": json.dumps({**COMMENT, **fields}).encode()}


def sent(**fields: object) -> dict[str, Any]:
    """A submission, with some fields changed."""
    return {"sent": json.dumps({**SUBMISSION, **fields}).encode()}


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        ({"status": 201}, "the status 201 is not described"),
        ({"content_type": "text/html"}, "the content type text/html of 202 is not described"),
        (answered(address_hash="0"), "('address_hash' was unexpected)"),
        ({"body": json.dumps(WITHOUT_TOKEN).encode()}, "'author_token' is a required property"),
        (answered(status="published"), "'published' is not one of"),
        (answered(status_url="/v1/comments/x"), "'/v1/comments/x' is not a 'uri'"),
        (answered(id=7), "7 is not of type 'string'"),
        (sent(text=None), "None is not of type 'string'"),
        (sent(name="x" * 81), "is too long"),
        ({"sent_type": "text/plain"}, "the content type text/plain of a body is not described"),
    ],
)
def test_a_wrong_submission_is_found(change: dict[str, Any], difference: str) -> None:
    (problem,) = differences(DOCUMENT, replace(SUBMITTED, **change))

    assert difference in problem


@pytest.mark.parametrize(
    ("query", "difference"),
    [
        ({"site": ["demo"]}, "the query parameter page is required, and was not sent"),
        ({**READ.query, "before": ["x"]}, "the query parameter before is not described"),
        ({**READ.query, "limit": ["101"]}, "101 is greater than the maximum of 100"),
        ({**READ.query, "order": ["best"]}, "'best' is not one of"),
    ],
)
def test_a_wrong_query_that_is_answered_is_found(query: Any, difference: str) -> None:
    (problem,) = differences(DOCUMENT, replace(READ, query=query))

    assert difference in problem


@pytest.mark.parametrize(
    ("body", "difference"),
    [
        (
            b'{"count": 0, "comments": [{"id": "x"}], ' + TERMS,
            "is a required property",
        ),
        (
            b'{"count": -1, "comments": [], ' + TERMS,
            "-1 is less than the minimum of 0",
        ),
    ],
)
def test_a_wrong_list_of_comments_is_found(body: bytes, difference: str) -> None:
    problems = differences(DOCUMENT, replace(READ, body=body))

    assert difference in problems[0]


def test_a_form_is_held_to_the_description_too() -> None:
    form = replace(SUBMITTED, sent_type="application/x-www-form-urlencoded", sent=b"site=demo")

    assert len(differences(DOCUMENT, form)) == 3


def test_a_problem_of_any_address_is_held_to_the_description() -> None:
    body = REFUSED.body.replace(b"urn:parley:", b"")

    (problem,) = differences(DOCUMENT, replace(REFUSED, body=body))

    assert "'not-found' does not match" in problem


def test_a_field_that_a_handler_adds_fails_the_test_that_asks_it(app: Flask) -> None:
    app.view_functions["health.alive"] = lambda: jsonify(status="alive", key_hash="0")

    with pytest.raises(AssertionError, match="'key_hash' was unexpected"):
        app.test_client().get("/healthz")


def test_a_word_that_is_not_described_fails_the_test_that_asks_for_it(app: Flask) -> None:
    app.view_functions["akismet.test"] = lambda key=None: Response("yes", mimetype="text/plain")

    for path in ("/1.1/test", "/akismet/1.1/test", "/akismet/a-key/1.1/test"):
        with pytest.raises(AssertionError, match="'yes' is not one of"):
            app.test_client().get(path)
