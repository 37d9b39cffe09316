"""Read the fields that an analysis and a suggestion have in common."""

import math
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any, NoReturn

from service.scoring.perspective.refusals import ErrorType, InvalidAnalysis

MAX_TEXT_BYTES = 20_480
_MAX_LANGUAGES = 20
_MAX_ATTRIBUTES = 100
_SHOWN = 60  # characters of a name that is said back
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_TYPES = ("PLAIN_TEXT", "TEXT_TYPE_UNSPECIFIED")
_COMMON = ("comment", "context", "languages", "clientToken", "sessionId", "communityId")

Fields = Mapping[str, Any]


def refuse(sentence: str, kind: ErrorType = ErrorType.INVALID_REQUEST) -> NoReturn:
    """Raise InvalidAnalysis."""
    raise InvalidAnalysis(sentence, kind)


def known_fields(fields: Fields, own: Collection[str]) -> dict[str, Any]:
    """The fields in camel case, which may be sent with underscores, without nulls.

    Raises:
        InvalidAnalysis: There is a field that Perspective does not have.
    """
    plain = {_camel(name): value for name, value in fields.items() if value is not None}
    for name in plain:
        if name not in (*_COMMON, *own):
            sentence = f'Invalid JSON payload received. Unknown name "{name[:_SHOWN]}"'
            refuse(f"{sentence}: Cannot find field.")
    return plain


def comment_text(fields: Fields) -> str:
    """The comment's text, in plain text of at most 20,480 bytes."""
    comment = an_object(fields.get("comment", {}), "comment")
    text = a_string(comment.get("text", ""), "comment.text")
    _check_type(comment.get("type", _TYPES[0]))
    if not text.strip():
        refuse("Comment must be non-empty.", ErrorType.COMMENT_EMPTY)
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        sentence = "comment.text must be valid Unicode, without lone surrogates"
        refuse(sentence)
    if size > MAX_TEXT_BYTES:
        refuse("Comment text too long.", ErrorType.COMMENT_TOO_LONG)
    if "\0" in text:
        refuse("comment.text must not have the character U+0000")
    return text


def requested_languages(fields: Fields) -> tuple[str, ...]:
    """The codes of the languages that the text is said to be in; none where nothing is said."""
    values = fields.get("languages", [])
    if not isinstance(values, list) or len(values) > _MAX_LANGUAGES:
        refuse(f"languages must be a list of at most {_MAX_LANGUAGES} codes such as en")
    if not all(isinstance(value, str) and _LANGUAGE.fullmatch(value) for value in values):
        refuse("languages must have codes such as en or pt-BR")
    return tuple(values)


def check_context(fields: Fields) -> None:
    """Look at the context, which decides nothing here: the model reads one text."""
    context = an_object(fields.get("context", {}), "context")
    if "entries" in context and "articleAndParentComment" in context:
        sentence = (
            "Context can have either entries or article_and_parent_comment, but both fields were"
            " populated."
        )
        refuse(sentence)
    if not isinstance(context.get("entries", []), list):
        refuse("context.entries must be a list")


def labels_given(fields: Fields) -> dict[str, str]:
    """`clientToken`, where there is one; checks the other names that a program may give."""
    for name in ("clientToken", "sessionId", "communityId"):
        a_string(fields.get(name, ""), name)
    return {"clientToken": fields["clientToken"]} if fields.get("clientToken") else {}


def named_objects(fields: Fields, name: str) -> dict[str, Fields]:
    """A field that has an object for each attribute."""
    attributes = an_object(fields.get(name, {}), name)
    if len(attributes) > _MAX_ATTRIBUTES:
        refuse(f"{name} must have at most {_MAX_ATTRIBUTES} attributes")
    return {
        key: an_object({} if value is None else value, f"{name}.X")
        for key, value in attributes.items()
    }


def shown(attribute: str) -> str:
    """An attribute's name as an error says it back."""
    return attribute[:_SHOWN]


def an_object(value: object, name: str) -> Fields:
    """The value, if it is an object."""
    if not isinstance(value, dict):
        refuse(f"{name} must be an object")
    return {_camel(key) if key[:1].islower() else key: child for key, child in value.items()}


def a_string(value: object, name: str) -> str:
    """The value, if it is a text."""
    if not isinstance(value, str):
        refuse(f"{name} must be a string")
    return value


def a_flag(fields: Fields, name: str) -> bool:
    """Whether the field is true."""
    value = fields.get(name, False)
    if not isinstance(value, bool):
        refuse(f"{name} must be true or false")
    return value


def a_number(value: object, name: str) -> float:
    """The value, if it is a number that a float can hold."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        with suppress(OverflowError):
            number = float(value)
            if math.isfinite(number):
                return number
    refuse(f"{name} must be a number")


def _check_type(kind: object) -> None:
    if kind == "HTML":
        refuse("Currently, only 'PLAIN_TEXT' comments are supported")
    if kind not in _TYPES:
        refuse("Unknown text type")


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)
