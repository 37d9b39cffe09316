"""The description says what the code does."""

import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from flask import Flask
from jsonschema import Draft202012Validator

from service.openapi.document import PATHS, SCHEMAS
from tests.support.web_app import described

API = r"/(v1/|v1alpha1/|\$discovery/|1\.[12]/|coral/|healthz|readyz|metrics)"


def test_every_address_of_the_api_is_described_and_no_other(app: Flask) -> None:
    routes = {
        (described(rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if re.match(API, described(rule.rule))
    }
    known = {(path, method) for path, operations in PATHS.items() for method in operations}

    assert known == routes


def test_document_is_served_for_programs_and_for_people(app: Flask) -> None:
    client = app.test_client()

    document = client.get("/openapi.json").json or {}
    page = client.get("/docs").text

    assert document["openapi"] == "3.1.0"
    assert document["components"]["schemas"].keys() == SCHEMAS.keys()
    assert all(path in page for path in document["paths"])
    assert "<script" not in page


def test_the_page_for_people_has_its_styles(app: Flask) -> None:
    client = app.test_client()

    (path,) = re.findall(r'rel="stylesheet" href="(.*?)"', client.get("/docs").text)

    with client.get(path) as styles:
        assert (styles.status_code, styles.mimetype) == (HTTPStatus.OK, "text/css")


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


def open_objects(schema: object) -> Iterator[object]:
    """The objects in a schema that take fields which are not described."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "additionalProperties" not in schema:
            yield schema
        for value in schema.values():
            yield from open_objects(value)


def test_every_answer_is_closed_to_fields_that_are_not_described() -> None:
    taken = {"Submission", "Report", "Decision", "NewNote", "ChecksRequest", "CheckRequest"}
    taken |= {"OpenAIModerationsRequest", "AnalyzeCommentRequest", "SuggestCommentScoreRequest"}
    taken |= {"AkismetKey", "AkismetComment", "AkismetAccount", "CoralQuestion"}
    taken |= {"BatchRequest", "BatchSubmission", "ChangedPolicy", "Edit", "Appeal", "Seen"}
    taken |= {"CampaignDecision"}

    assert {name for name in SCHEMAS if list(open_objects(SCHEMAS[name]))} == taken
