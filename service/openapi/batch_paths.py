"""What a site's server may ask with many comments at once."""

from service.http.body import JSON, MAX_LARGE_BODY
from service.openapi.elements import (
    Element,
    answer,
    answer_object,
    optional_field,
    problem,
    problems,
    ref,
    request_object,
)
from service.openapi.public_schemas import SCHEMAS as PUBLIC_SCHEMAS
from service.public.batch import MAX_BATCH

_SUBMISSION = PUBLIC_SCHEMAS["Submission"]
_ITEMS: Element = {"type": "array", "minItems": 1, "maxItems": MAX_BATCH}
_ITEM: Element = {
    "anyOf": [ref("BatchSubmission"), {"description": "anything else has its own refusal"}]
}
_SITE = optional_field("the site's name, where it is given: the key says it already", 80)
_PROBLEM: Element = {
    "anyOf": [ref("Problem"), {"type": "null"}],
    "description": "why it was not taken; null where it was",
}
_COMMENT: Element = {
    "anyOf": [ref("Accepted"), {"type": "null"}],
    "description": "the comment that was taken, or is stored already; null where none was",
}

SCHEMAS: dict[str, Element] = {
    "BatchRequest": request_object({"comments": {**_ITEMS, "items": _ITEM}}),
    "BatchSubmission": request_object(
        {**_SUBMISSION["properties"], "site": _SITE},
        optional=tuple({*_SUBMISSION["properties"]} - {"page", "name", "text"}),
    ),
    "Batch": answer_object(
        {
            "comments": {
                "type": "array",
                "items": ref("BatchOutcome"),
                "description": "in the order of the comments that were sent",
            }
        }
    ),
    "BatchOutcome": answer_object(
        {
            "status": {"type": "integer", "minimum": 200, "maximum": 499},
            "comment": _COMMENT,
            "problem": _PROBLEM,
        }
    ),
}

PATHS: dict[str, Element] = {
    "/v1/comments:batch": {
        "post": {
            "summary": "Submit many comments",
            "description": "For a site's server. All that can be taken are stored durably when this"
            " answers; one that cannot be taken has its own problem and stops no other."
            f" The body may have {MAX_LARGE_BODY:,} bytes.",
            "security": [{"siteKey": []}],
            "requestBody": {
                "required": True,
                "content": {JSON: {"schema": ref("BatchRequest")}},
            },
            "responses": answer(200, "Batch", "An answer for each comment")
            | problems(400, 408, 411, 413, 415, 422, 429, 503)
            | problem(401, "The key is no site's, or may not submit"),
        }
    }
}
