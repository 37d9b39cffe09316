"""Hold a request and its answer to the OpenAPI description."""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from jsonschema import Draft202012Validator, FormatChecker

Schema = Mapping[str, Any]
PROBLEM = "application/problem+json"
_TEXT = "text/plain"
_FORM = "application/x-www-form-urlencoded"
_JSON = ("application/json", PROBLEM)
_FORMATS = FormatChecker(formats=())


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer. `path` is a path of the description, None for any other address."""

    path: str | None
    method: str
    status: int
    content_type: str  # of the answer, without parameters
    body: bytes
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    sent_type: str = ""
    sent: bytes = b""


def differences(document: Schema, exchange: Exchange) -> list[str]:
    """What the description does not say of the exchange, one sentence each.

    Of a request that was refused only the answer counts. OpenAPI 3.1 takes its schemas from JSON
    Schema 2020-12, so that its validator is the one for them.
    """
    operation = document["paths"].get(exchange.path, {}).get(exchange.method)
    if operation is None:
        is_problem = exchange.content_type == PROBLEM
        return list(_of_problem(document, exchange)) if is_problem else []
    answer = list(_of_answer(document, operation, exchange))
    refused = exchange.status >= 400 or exchange.body == b"invalid"  # as Akismet refuses
    return answer if refused else [*answer, *_of_request(document, operation, exchange)]


def _of_problem(document: Schema, exchange: Exchange) -> Iterator[str]:
    """Any error, as of an address that the description does not have."""
    schema = {"$ref": "#/components/schemas/Problem"}
    if "comment" in json.loads(exchange.body):
        schema = {"$ref": "#/components/schemas/DecidedAlready"}
    return _of_value(document, schema, json.loads(exchange.body), "the problem")


def _of_answer(document: Schema, operation: Schema, exchange: Exchange) -> Iterator[str]:
    answer = operation["responses"].get(str(exchange.status))
    if answer is None:
        yield f"the status {exchange.status} is not described"
        return
    content = answer.get("content", {})
    if exchange.content_type in content and exchange.content_type in (*_JSON, _TEXT):
        schema = content[exchange.content_type]["schema"]
        yield from _of_value(document, schema, _answer_value(exchange), "the answer")
    elif exchange.content_type not in content and (content or exchange.content_type in _JSON):
        yield f"the content type {exchange.content_type} of {exchange.status} is not described"


def _answer_value(exchange: Exchange) -> object:
    return exchange.body.decode() if exchange.content_type == _TEXT else json.loads(exchange.body)


def _of_request(document: Schema, operation: Schema, exchange: Exchange) -> Iterator[str]:
    described = {
        (parameter["in"], parameter["name"].lower()): parameter
        for parameter in operation.get("parameters", ())
    }
    for name in exchange.query:
        if ("query", name) not in described:
            yield f"the query parameter {name} is not described"
    sent = {
        **{("query", name): values for name, values in exchange.query.items()},
        **{("header", name.lower()): [value] for name, value in exchange.headers.items()},
    }
    for place, parameter in described.items():
        if place in sent:
            value = _parameter_value(parameter["schema"], sent[place])
            yield from _of_value(document, parameter["schema"], value, place[1])
        elif parameter.get("required") and place[0] != "path":
            yield f"the {place[0]} parameter {place[1]} is required, and was not sent"
    yield from _of_sent_body(document, operation, exchange)


def _of_sent_body(document: Schema, operation: Schema, exchange: Exchange) -> Iterator[str]:
    content = operation.get("requestBody", {}).get("content", {})
    if exchange.sent_type in content:
        schema = content[exchange.sent_type]["schema"]
        is_form = exchange.sent_type == _FORM
        value = _form_value(document, schema, exchange) if is_form else json.loads(exchange.sent)
        yield from _of_value(document, schema, _as_counted(value), "the body sent")
    elif exchange.sent:
        yield f"the content type {exchange.sent_type} of a body is not described"


def _as_counted(fields: object) -> object:
    """The fields with texts as the descriptions say that their characters are counted."""
    if not isinstance(fields, dict):
        return fields
    return {
        name: unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
        if isinstance(value, str)
        else value
        for name, value in fields.items()
    }


def _of_value(document: Schema, schema: Schema, value: object, name: str) -> Iterator[str]:
    whole = {**schema, "components": document["components"]}
    validator = Draft202012Validator(whole, format_checker=_FORMATS)
    for error in validator.iter_errors(value):
        yield f"{name}: {error.json_path}: {error.message[:200]}"


def _parameter_value(schema: Schema, values: Sequence[str]) -> object:
    """The value as its schema has it: text in an address is a number too."""
    if schema["type"] == "array":
        return [_parameter_value(schema["items"], [value]) for value in values]
    is_number = schema["type"] == "integer" and values[-1].isdigit()
    return int(values[-1]) if is_number else values[-1]


def _form_value(document: Schema, schema: Schema, exchange: Exchange) -> object:
    schema_name = schema["$ref"].rpartition("/")[2]
    properties = document["components"]["schemas"][schema_name]["properties"]
    return {
        name: _parameter_value(properties.get(name, {"type": "string"}), [value])
        for name, value in parse_qsl(exchange.sent.decode(), keep_blank_values=True)
    }


@_FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    if not isinstance(value, str):  # a format says something of strings alone
        return True
    moment = datetime.fromisoformat(value)
    return moment.tzinfo is not None


@_FORMATS.checks("uri", raises=ValueError)
def _is_uri(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return bool(urlsplit(value).scheme and urlsplit(value).netloc)
