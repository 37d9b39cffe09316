"""What the API's bodies look like, with the limits the code holds them to."""

from typing import Any

from moderation.comments import MAX_NAME, MAX_PAGE, MAX_SITE, MAX_TEXT, MAX_TITLE, MAX_URL, Status
from moderation.review.reports import MAX_TEXT as MAX_REPORT_TEXT
from moderation.review.reports import Reason

Schema = dict[str, Any]


def _object(properties: Schema, *, optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _string(description: str, longest: int | None = None) -> Schema:
    limits = {} if longest is None else {"minLength": 1, "maxLength": longest}
    return {"type": "string", "description": description, **limits}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def ref(name: str) -> Schema:
    """A reference to one of SCHEMAS."""
    return {"$ref": f"#/components/schemas/{name}"}


_ID = _string("public id, random")
_PARENT = _or_null(_string("id of the comment this one answers"))
_STATUS: Schema = {"type": "string", "enum": [status.value for status in Status]}
_SUBMITTED_AT: Schema = {"type": "string", "format": "date-time"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NAME = _string("the author's name, one line", MAX_NAME)
_TEXT = _string("plain text, kept byte for byte", MAX_TEXT)
_PAGE = _string("the site's own key for the page, usually its URL path", MAX_PAGE)

SCHEMAS: dict[str, Schema] = {
    "Submission": _object(
        {
            "site": _string("the site's name", MAX_SITE),
            "page": _PAGE,
            "name": _NAME,
            "text": _TEXT,
            "url": _or_null(_string("the page's address, on one of the site's origins", MAX_URL)),
            "title": _or_null(_string("the page's title", MAX_TITLE)),
            "parent": _PARENT,
        },
        optional=("url", "title", "parent"),
    ),
    "Accepted": _object(
        {
            "id": _ID,
            "status": _STATUS,
            "status_url": {"type": "string", "format": "uri"},
            "author_token": _string("shows the author the comment's status: keep it secret"),
        }
    ),
    "Comment": _object(
        {
            "id": _ID,
            "name": _NAME,
            "text": _TEXT,
            "submitted_at": _SUBMITTED_AT,
            "parent": _PARENT,
        }
    ),
    "Comments": _object(
        {
            "count": _COUNT,
            "comments": {"type": "array", "items": ref("Comment")},
            "next": _or_null(_string("give it as `after` for the next comments")),
        }
    ),
    "OwnComment": _object(
        {
            "id": _ID,
            "status": _STATUS,
            "page": _PAGE,
            "name": _NAME,
            "text": _TEXT,
            "submitted_at": _SUBMITTED_AT,
            "parent": _PARENT,
        }
    ),
    "Report": _object(
        {
            "reason": {"type": "string", "enum": [reason.value for reason in Reason]},
            "text": _or_null(_string("what the reader adds, plain text", MAX_REPORT_TEXT)),
        },
        optional=("text",),
    ),
    "Received": _object({"status": _string("received")}),
    "Counts": _object({"counts": {"type": "object", "additionalProperties": _COUNT}}),
    "Alive": _object({"status": _string("alive")}),
    "Readiness": _object(
        {
            "status": {"type": "string", "enum": ["ready", "not ready"]},
            "checks": {"type": "object", "additionalProperties": {"type": "string"}},
        }
    ),
    "Problem": _object(
        {
            "type": _string("stable name of what went wrong, as urn:parley:invalid-field"),
            "title": _string("the status code in words"),
            "status": {"type": "integer"},
            "detail": _string("a sentence for a person"),
            "field": _string("the field that is wrong"),
        },
        optional=("field",),
    ),
}
