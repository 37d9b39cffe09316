"""Elements of an OpenAPI description: schemas, parameters, bodies and answers."""

from typing import Any

from service.http.body import FORM, JSON, MAX_BODY

Element = dict[str, Any]

PROBLEM = "application/problem+json"
_PAGE = "text/html"  # a problem, for a browser that asks for pages
_COUNTED = "characters are code points after NFC, a line break is one"
_PROBLEMS = {
    400: "The body is malformed",
    408: "The body did not come in time: the connection is closed",
    411: "There is no Content-Length",
    413: f"The body is larger than {MAX_BODY:,} bytes",
    415: "The body is neither JSON nor a form",
    422: "A field is missing, too long or wrong: `field` names it",
    429: "Too many from here: Retry-After says for how many seconds",
    503: "The database is away: Retry-After says when to try again",
}


def string(description: str) -> Element:
    """A text that Parley answers with."""
    return {"type": "string", "description": description}


def text_field(description: str, longest: int) -> Element:
    """A text that a request must have."""
    described = f"{description}; {_COUNTED}"
    return {"type": "string", "description": described, "minLength": 1, "maxLength": longest}


def optional_field(description: str, longest: int) -> Element:
    """A text that a request may have: null and nothing are as good as no such field."""
    described = f"{description}; {_COUNTED}"
    return {"type": ["string", "null"], "description": described, "maxLength": longest}


def or_null(schema: Element) -> Element:
    """The schema of the same value, or of null."""
    return {**schema, "type": [schema["type"], "null"]}


def request_object(properties: Element, *, optional: tuple[str, ...] = ()) -> Element:
    """An object that Parley takes; it ignores further fields."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def answer_object(properties: Element, *, optional: tuple[str, ...] = ()) -> Element:
    """An object that Parley answers with: a field that is not described is a fault."""
    return {**request_object(properties, optional=optional), "additionalProperties": False}


def ref(name: str) -> Element:
    """A reference to a schema by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def parameter(where: str, name: str, description: str, **more: Any) -> Element:
    """A parameter of a request, a string by default.

    Args:
        where: path, query or header.
        name: The parameter's name.
        description: What it means.
        more: Its schema, or further fields of the parameter.
    """
    element = {"in": where, "name": name, "description": description, "schema": {"type": "string"}}
    return {**element, **({"required": True} if where == "path" else {}), **more}


def request_body(name: str) -> Element:
    """A body of one schema, as JSON or as a form."""
    content = {"schema": ref(name)}
    return {"required": True, "content": {JSON: content, FORM: content}}


def answer(status: int, name: str, description: str) -> Element:
    """A JSON answer of one schema, under its status."""
    return {str(status): {"description": description, "content": {JSON: {"schema": ref(name)}}}}


def problem(status: int, description: str = "", name: str = "Problem") -> Element:
    """The answer to an error, under its status."""
    content = {PROBLEM: {"schema": ref(name)}, _PAGE: {"schema": {"type": "string"}}}
    return {str(status): {"description": description or _PROBLEMS[status], "content": content}}


def problems(*statuses: int) -> Element:
    """Answers to errors that mean the same everywhere, by their statuses."""
    elements: Element = {}
    for status in statuses:
        elements |= problem(status)
    return elements
