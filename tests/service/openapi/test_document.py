"""The description says what the code does."""

import re
from http import HTTPStatus

from flask import Flask

from service.openapi.document import PATHS, SCHEMAS


def test_every_address_of_the_api_is_described_and_no_other(app: Flask) -> None:
    routes = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if re.match(r"/(v1/|healthz|readyz|metrics)", rule.rule)
    }
    described = {(path, method) for path, operations in PATHS.items() for method in operations}

    assert described == routes


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
