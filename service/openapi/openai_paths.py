"""The OpenAPI description of the address that programs written for OpenAI's moderation ask."""

from moderation.comments import MAX_TEXT
from moderation.policy import ATTRIBUTES
from service.http.body import JSON
from service.openapi.elements import (
    Element,
    answer,
    answer_object,
    optional_field,
    or_null,
    ref,
    request_object,
    string,
    text_field,
)
from service.scoring.openai_moderations import MOST

_ERRORS = {
    400: "The body is malformed, or `input` is no text",
    401: "The key is no site's, or there is none",
    408: "The body did not come in time: the connection is closed",
    411: "There is no Content-Length",
    413: "The body is too large",
    415: "The body is not JSON",
    429: "The key asked too much: Retry-After says for how many seconds",
    503: "The database is away: Retry-After says when to try again",
}
_CATEGORIES = "by category of OpenAI; null where the model has no such attribute"


def _by_category(value: Element) -> Element:
    return {"type": "object", "additionalProperties": value, "description": _CATEGORIES}


def _errors() -> Element:
    answers: Element = {}
    for status, description in _ERRORS.items():
        answers |= answer(status, "OpenAIError", description)
    return answers


SCHEMAS: dict[str, Element] = {
    "OpenAIModerationsRequest": request_object(
        {
            "input": {
                "description": f"a text, up to {MOST} texts, or the parts of one text",
                "anyOf": [
                    text_field("plain text", MAX_TEXT),
                    {"type": "array", "minItems": 1, "maxItems": MOST},
                ],
            },
            "model": optional_field("ignored: there is one model", 200),
        },
        optional=("model",),
    ),
    "OpenAIModerations": answer_object(
        {
            "id": string("of this answer; nothing is stored under it"),
            "model": string("the version of the model, or none"),
            "results": {
                "type": "array",
                "items": ref("OpenAIModeration"),
                "description": "in the order of the texts",
            },
        }
    ),
    "OpenAIModeration": answer_object(
        {
            "flagged": {
                "type": "boolean",
                "description": "whether the site's policy holds the text, for any of "
                + ", ".join(ATTRIBUTES),
            },
            "categories": _by_category({"type": ["boolean", "null"]}),
            "category_scores": _by_category({"type": ["number", "null"]}),
            "category_applied_input_types": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
            },
        }
    ),
    "OpenAIError": answer_object(
        {
            "error": answer_object(
                {
                    "message": string("what is wrong, and what would be right"),
                    "type": string("invalid_request_error or server_error"),
                    "param": {"type": "null"},
                    "code": or_null(string("invalid_api_key or rate_limit_exceeded")),
                }
            )
        }
    ),
}

PATHS: dict[str, Element] = {
    "/v1/moderations": {
        "post": {
            "summary": "Ask in OpenAI's words whether texts are held",
            "description": "For programs that were written for OpenAI's moderation. Nothing is"
            " stored or logged.",
            "security": [{"siteKey": []}],
            "requestBody": {
                "required": True,
                "content": {JSON: {"schema": ref("OpenAIModerationsRequest")}},
            },
            "responses": answer(200, "OpenAIModerations", "One for each text") | _errors(),
        }
    }
}
