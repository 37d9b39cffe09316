"""Read a JSON or form body strictly: what is not quite right is refused, not guessed."""

import json
from collections.abc import Collection, Iterable
from typing import NoReturn
from urllib.parse import parse_qsl

from flask import Request

from moderation.comments import MAX_ENCODED
from service.problems.errors import LengthMissing, MalformedBody, WrongContentType

MAX_BODY = MAX_ENCODED  # bytes
MAX_LARGE_BODY = 8_388_608  # bytes, of many comments, from who has a key
_MAX_DEPTH = 8
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def fields_of(request: Request) -> dict[str, object]:
    """The fields by name.

    Raises:
        LengthMissing: There is a body, and no Content-Length.
        MalformedBody: The body is not what its content type says.
        WrongContentType: The body is neither JSON nor a form, or JSON that is called a form.
        RequestEntityTooLarge: The body is larger than MAX_BODY.
    """
    kind = request.mimetype
    if kind not in (JSON, FORM):
        sentence = f"send Content-Type {JSON} or {FORM}"
        raise WrongContentType(sentence)
    body = _whole_body(request)
    if kind == JSON:
        return _json_fields(body)
    if body.lstrip().startswith(b"{"):  # which no browser writes: it is what curl -d sends
        sentence = f"the body looks like JSON: send Content-Type {JSON}"
        raise WrongContentType(sentence)
    return _once(_form_pairs(body))


def json_fields(request: Request) -> dict[str, object]:
    """The fields of a JSON body, whatever type the program says that it has; raises as above."""
    return _json_fields(_whole_body(request))


def check_form(request: Request, several: Collection[str] = ()) -> None:
    """Check a body that `request.form` will read, and which it would guess at.

    Args:
        request: A POST of a person's form.
        several: The fields that may have several values.

    Raises:
        MalformedBody: It is not UTF-8, or another field is given twice.
        RequestEntityTooLarge: The body is larger than MAX_BODY.
    """
    body = request.get_data(cache=True)
    if request.mimetype == FORM:
        pairs: Iterable[tuple[str, object]] = _form_pairs(body)
    else:
        _text(body)
        pairs = request.form.items(multi=True)
    _once((name, value) for name, value in pairs if name not in several)


def _form_pairs(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_text(body), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        _refuse("the body is not UTF-8", error)


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse("the body is not UTF-8", error)


def _once(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """The fields by name: of two values of one field nobody knows which is meant."""
    fields: dict[str, object] = {}
    for name, value in pairs:
        if name in fields:
            _refuse("the body has a field twice: give each field one value")
        fields[name] = value
    return fields


def _whole_body(request: Request) -> bytes:
    """The body; one that was cut on its way is refused, which not every web server notices."""
    length = request.content_length
    if length is None:
        sentence = "send a Content-Length"
        raise LengthMissing(sentence)
    body = request.get_data(cache=True)
    if len(body) != length:
        _refuse("the body is shorter than its Content-Length says")
    return body


def _json_fields(body: bytes) -> dict[str, object]:
    try:
        fields = _DECODER.decode(_text(body))
    except MalformedBody:
        raise
    except (ValueError, RecursionError) as error:
        _refuse("the body is not JSON: send one JSON object, without a byte order mark", error)
    if not isinstance(fields, dict):
        _refuse("the body must be a JSON object, with one value for each field")
    if _depth(fields) > _MAX_DEPTH:
        _refuse(f"the body is nested deeper than {_MAX_DEPTH} levels")
    return fields


def _refuse(sentence: str, cause: Exception | None = None) -> NoReturn:
    raise MalformedBody(sentence) from cause


def _refuse_constant(_name: str) -> NoReturn:
    sentence = "NaN and Infinity are not JSON"
    raise ValueError(sentence)


# Made once: json.loads makes one for each text, which takes more than half of its time (measured).
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, object_pairs_hook=_once)


def _depth(value: object) -> int:
    level, depth = [value], 0
    while level and depth <= _MAX_DEPTH:
        depth += 1
        level = [child for parent in level for child in _children(parent)]
    return depth


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
