"""What `parley policy set` is asked to change: NAME=VALUE, or a whole document of a file."""

import copy
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from moderation.rules.document import RULES, document_of
from moderation.rules.rule_fields import InvalidRules
from moderation.rules.site_rules import NO_RULES

_MOST_BYTES = 4_000_000
_DEFAULTS = document_of(NO_RULES)


def with_values(document: Mapping[str, Any], values: Sequence[str]) -> dict[str, Any]:
    """Return a document with other values: each is as links.most=2; raises InvalidRules."""
    changed = copy.deepcopy(dict(document))
    for given in values:
        name, is_pair, value = given.partition("=")
        if not is_pair:
            sentence = f"give NAME=VALUE, as first_comments=2, not {given!r}"
            raise click.UsageError(sentence)
        _put(changed, name.strip(), _value(value))
    return changed


def file_document(path: Path) -> dict[str, Any]:
    """Return the document of a JSON file; raises UsageError where it is none."""
    try:
        document = json.loads(_text(path), object_pairs_hook=_once)
    except (json.JSONDecodeError, RecursionError) as error:
        sentence = f"{path} is not JSON: {error}"
        raise click.UsageError(sentence) from error
    if not isinstance(document, dict):
        sentence = f"{path} must hold one JSON object with rules by name"
        raise click.UsageError(sentence)
    return document


def _put(document: dict[str, Any], name: str, value: object) -> None:
    rule, is_part, part = name.partition(".")
    if not is_part:
        document[rule] = value
        return
    known = document.get(rule, _DEFAULTS.get(rule))
    if rule in RULES and known is not None and not isinstance(known, dict):
        raise InvalidRules(name, "is no field: it has no parts")
    document[rule] = {**copy.deepcopy(known or {}), part: value}


def _value(text: str) -> object:
    """JSON, the lines of a file for @PATH, or else the text as it is."""
    if text.startswith("@"):
        return [line.strip() for line in _text(Path(text[1:])).splitlines() if line.strip()]
    try:
        return json.loads(text, object_pairs_hook=_once)
    except (json.JSONDecodeError, RecursionError):
        return text


def _once(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name, value in pairs:
        if name in fields:
            raise InvalidRules(name, "is given twice: give it once")
        fields[name] = value
    return fields


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            sentence = f"{path} is larger than {_MOST_BYTES:,} bytes"
            raise click.ClickException(sentence)
        return content.decode("utf-8-sig")
    except OSError as error:
        sentence = f"{path} cannot be read: {error.strerror}"
        raise click.ClickException(sentence) from error
    except UnicodeDecodeError as error:
        sentence = f"{path} is not UTF-8"
        raise click.ClickException(sentence) from error
