"""Any other server that runs on this machine, by a small description of its requests.

A peer's file is TOML:

    name = "An older Parley"
    port = 8001

    [submit]                # leaves one comment; in `path` and `body` $page, $name and $text
    path = "/v1/comments"   # are replaced by what is submitted, $limit by a number
    status = 202
    body = '{"site": "bench", "page": $page, "name": $name, "text": $text}'
    headers = { Origin = "http://127.0.0.1:8001" }

    [first_page]            # shows the first $limit comments of $page
    path = "/v1/comments?site=bench&page=$page&limit=$limit"

    [count]                 # answers JSON with this field: how many comments $page shows
    path = "/v1/comments?site=bench&page=$page&limit=1"
    field = "count"

    [settled]               # optional: an answer that has this text once all is decided
    path = "/metrics"
    text = 'parley_comments{status="pending"} 0'

In `body` the values stand as JSON, quotes included; where its Content-Type is another one, and in
every path, as a form has them.
"""

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote

from jsonschema import ValidationError, validate

from bench.memory import Memory
from bench.problem import NotMeasured
from bench.programs import wait_for
from bench.system import LIMIT
from bench.texts import NAMES
from bench.wire import ask, get, post

_JSON = "application/json"
_SETTLE_SECONDS = 300.0
_PATH = {"type": "string", "pattern": "^/"}
_TEXT = {"type": "string", "minLength": 1}
_HEADERS = {"type": "object", "additionalProperties": _TEXT}


def _part(**fields: object) -> dict[str, object]:
    """A table with these fields, all needed, and headers."""
    return {
        "type": "object",
        "properties": {"path": _PATH, "headers": _HEADERS, **fields},
        "required": ["path", *fields],
        "additionalProperties": False,
    }


_SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 30},
        "port": {"type": "integer", "minimum": 1, "maximum": 65_535},
        "submit": _part(
            status={"type": "integer", "minimum": 200, "maximum": 299}, body={"type": "string"}
        ),
        "first_page": _part(),
        "count": _part(field=_TEXT),
        "settled": _part(text=_TEXT),
    },
    "required": ["name", "port", "submit", "first_page", "count"],
    "additionalProperties": False,
}


class PeerServer:
    """A server that somebody else started, and stops."""

    def __init__(self, file: Path) -> None:
        """Read its description. Raises NotMeasured."""
        self._parts = _described(file)
        self.name: str = self._parts["name"]
        self.port: int = self._parts["port"]
        self.accepted: int = self._parts["submit"]["status"]

    def submissions(self, page: str, texts: Sequence[str]) -> list[bytes]:
        """Requests that leave one comment each."""
        submit = self._parts["submit"]
        headers = {"Content-Type": _JSON} | submit.get("headers", {})
        written = json.dumps if headers["Content-Type"] == _JSON else _in_address
        return [
            post(
                self.port,
                _filled(submit["path"], fields, _in_address),
                _filled(submit["body"], fields, written).encode(),
                headers,
            )
            for fields in _fields(page, texts)
        ]

    def first_page(self, page: str) -> bytes:
        """The request for the first LIMIT comments of a page."""
        return self._get("first_page", page)

    def count(self, page: str) -> int:
        """How many comments readers see under the page. Raises NotMeasured."""
        answer, field = ask(self.port, self._get("count", page)).body, self._parts["count"]["field"]
        try:
            return int(json.loads(answer)[field])
        except (ValueError, KeyError, TypeError) as error:
            sentence = f"{self.name} has no number {field!r} in its answer {answer[:100]!r}"
            raise NotMeasured(sentence) from error

    def settle(self) -> None:
        """Wait until it says that all is decided; not at all where it says nothing."""
        if (settled := self._parts.get("settled")) is not None:
            request, text = self._get("settled", ""), settled["text"].encode()
            wait_for(lambda: text in ask(self.port, request).body, self.name, _SETTLE_SECONDS)

    def storing(self) -> str:
        """Its own business."""
        return "not known"

    def web_memory(self) -> Memory | None:
        """Nor is its memory ours to look at."""
        return None

    def _get(self, part: str, page: str) -> bytes:
        question, fields = self._parts[part], {"page": page, "limit": str(LIMIT)}
        path = _filled(question["path"], fields, _in_address)
        return get(self.port, path, question.get("headers", {}))


def _described(file: Path) -> dict[str, Any]:
    try:
        parts = tomllib.loads(file.read_text())
        validate(parts, _SCHEMA)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        sentence = f"{file} is no TOML file that can be read: {error}"
        raise NotMeasured(sentence) from error
    except ValidationError as error:
        place = ".".join(map(str, error.absolute_path))
        sentence = f"{file}: {place + ': ' if place else ''}{error.message}"
        raise NotMeasured(sentence) from error
    return parts


def _fields(page: str, texts: Sequence[str]) -> list[dict[str, str]]:
    return [
        {"page": page, "name": NAMES[k % len(NAMES)], "text": text} for k, text in enumerate(texts)
    ]


def _filled(pattern: str, fields: Mapping[str, str], written: Callable[[str], str]) -> str:
    values = {name: written(value) for name, value in fields.items()}
    return Template(pattern).safe_substitute(values)


def _in_address(value: str) -> str:
    return quote(value, safe="")
