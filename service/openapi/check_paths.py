"""What programs may ask about comments that are not stored."""

from moderation.comments import MAX_NAME, MAX_TEXT, QueueSection, Status
from moderation.policy import ATTRIBUTES
from service.http.body import JSON
from service.openapi.elements import (
    Element,
    answer,
    answer_object,
    optional_field,
    or_null,
    parameter,
    problem,
    problems,
    ref,
    request_object,
    string,
    text_field,
)
from service.openapi.moderation_schemas import REASONS, SCORE
from service.scoring.sent_checks import MAX_CHECKS

_DECIDED = [Status.APPROVED, Status.FLAGGED, Status.REJECTED]
_PLACE: Element = {"type": "integer", "minimum": 0}
# Without a model there are none; in some languages toxicity alone, in others none.
_SCORES = answer_object(dict.fromkeys(ATTRIBUTES, SCORE), optional=ATTRIBUTES)
_SPAN = answer_object(
    {
        "start": {**_PLACE, "description": "of the word in the text, in code points"},
        "end": {**_PLACE, "description": "behind its last character"},
        "contribution": {"type": "number", "description": "log-odds that the word adds"},
    }
)

SCHEMAS: dict[str, Element] = {
    "ChecksRequest": request_object(
        {
            "comments": {
                "type": "array",
                "items": ref("CheckRequest"),
                "minItems": 1,
                "maxItems": MAX_CHECKS,
            },
            "store": {
                "type": "boolean",
                "default": False,
                "description": "whether what is held shall wait for the site's moderators; takes a"
                " key that may submit, and a name and page of each comment",
            },
        },
        optional=("store",),
    ),
    "CheckRequest": request_object(
        {
            "name": optional_field("the author's name, one line", MAX_NAME),
            "text": text_field("plain text", MAX_TEXT),
            "address": or_null(
                string("the author's IP address: sanctions on it count, and comments")
            ),
            "page": or_null(string("the page's path, in any spelling, or its key: its rules hold")),
        },
        optional=("name", "address", "page"),
    ),
    "Checks": answer_object(
        {
            "checks": {
                "type": "array",
                "items": ref("Check"),
                "description": "in the order of the comments",
            },
            "model": or_null(string("the version of the model; null without one")),
        }
    ),
    "Check": answer_object(
        {
            "status": {
                "type": "string",
                "enum": _DECIDED,
                "description": "what the site's policy decides: flagged is to wait for a person",
            },
            "section": {"type": ["string", "null"], "enum": [*QueueSection, None]},
            "reasons": REASONS,
            "scores": _SCORES,
            "name_scores": _SCORES,
            "spans": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": _SPAN},
                "description": "by attribute that is a reason, or that a language is sorted by: the"
                " words that speak for it",
            },
            "language": or_null(string("code of the language that the text seems to be in")),
            "id": or_null(string("of the stored comment; null unless `store` put it there")),
        }
    ),
}

PATHS: dict[str, Element] = {
    "/v1/checks": {
        "post": {
            "summary": "Ask whether comments may pass",
            "description": "By the site's policy, as if they were submitted. Nothing is stored"
            " or logged, unless `store` is true.",
            "security": [{"siteKey": []}],
            "parameters": [
                parameter(
                    "header",
                    "Idempotency-Key",
                    "with `store`: the same key and body store nothing a second time; 1 to 255"
                    " ASCII characters",
                )
            ],
            "requestBody": {
                "required": True,
                "content": {JSON: {"schema": ref("ChecksRequest")}},
            },
            "responses": answer(200, "Checks", "One for each comment")
            | problems(400, 408, 411, 413, 415, 422, 429, 503)
            | problem(401, "The key is no site's, or may not store")
            | problem(403, "With `store`: the page of one is closed")
            | problem(409, "The Idempotency-Key was used for another comment"),
        }
    }
}
