"""The application answers through the gateway as it does without it."""

from typing import Any

from flask import Flask

from service.gateway.environ import BODY_PROBLEM
from service.gateway.gateway import Gateway
from service.problems.errors import BodyTooSlow
from tests.support.event_loop import run_async


def ask(app: Flask, path: str) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "headers": [(b"host", b"127.0.0.1")],
        "method": "GET",
        "raw_path": path.encode(),
        "query_string": b"",
        "server": ("127.0.0.1", "8000"),
        "client": ("192.0.2.1", "50000"),
        "scheme": "http",
        "http_version": "1.1",
    }
    run_async(Gateway(app, threads=1, knows_key=bool)(scope, receive, send))
    return sent


def test_answer_has_status_headers_and_body(app: Flask) -> None:
    start, body = ask(app, "/healthz")

    assert start["status"] == 200
    assert (b"content-type", b"application/json") in start["headers"]
    assert body["body"] == b'{"status":"alive"}\n'


def test_every_route_that_takes_a_body_refuses_one_that_did_not_come(app: Flask) -> None:
    adapter = app.url_map.bind("127.0.0.1")
    routes = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    values: dict[str, Any] = {"handle": "a", "action": "approve", "how": "on"}
    answers = {}
    for rule in routes:
        arguments = {name: values.get(name, 1) for name in rule.arguments}
        if rule.endpoint.endswith("reports.decide"):
            arguments["action"] = "keep"
        path = adapter.build(rule.endpoint, arguments, method="POST")
        problem = {BODY_PROBLEM: BodyTooSlow("too slow")}
        answers[rule.rule] = app.test_client().post(path, environ_overrides=problem)

    assert len(answers) > 20
    assert {answer.status_code for answer in answers.values()} == {408}
    assert {answer.headers["Connection"] for answer in answers.values()} == {"close"}
