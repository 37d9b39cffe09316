"""The application answers through the gateway as it does without it."""

from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from moderation.storage.database.engine import Database
from service.gateway.answer_store import AnswerStore
from service.gateway.environ import BODY_PROBLEM
from service.gateway.gateway import Gateway
from service.monitoring.metrics import count_again
from service.problems.errors import BodyTooSlow
from tests.support.asgi import ask


def test_answer_has_status_headers_and_body(app: Flask) -> None:
    database: Database = app.extensions["parley"].database
    gateway = Gateway(app, 1, bool, AnswerStore(database.commits, count_again))

    answer = ask(gateway, "/healthz")

    assert answer.status == 200
    assert ("content-type", "application/json") in answer.headers
    assert answer.body == b'{"status":"alive"}\n'


def test_every_route_that_takes_a_body_refuses_one_that_did_not_come(app: Flask) -> None:
    adapter = app.url_map.bind("127.0.0.1")
    routes = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    answers = {}
    for rule in routes:
        arguments = {name: _any_value(rule, name) for name in rule.arguments}
        path = adapter.build(rule.endpoint, arguments, method="POST")
        problem = {BODY_PROBLEM: BodyTooSlow("too slow")}
        answers[rule.rule] = app.test_client().post(path, environ_overrides=problem)

    assert len(answers) > 20
    assert {answer.status_code for answer in answers.values()} == {408}
    assert {answer.headers["Connection"] for answer in answers.values()} == {"close"}


def _any_value(rule: Rule, name: str) -> object:
    converter = rule._converters[name]
    return min(converter.items) if isinstance(converter, AnyConverter) else 1
