"""What can be asked of the moderation API, and what its bodies look like."""

from typing import Any

from moderation.policy import ATTRIBUTES
from moderation.review.notes import MAX_NOTE, RejectReason
from service.moderation_api.routes import DECISIONS, DEFAULT_LIMIT, MAX_LIMIT
from service.openapi.public_schemas import SCHEMAS as PUBLIC
from service.openapi.public_schemas import Schema, ref

_OWN = PUBLIC["OwnComment"]["properties"]
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_SCORE: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
_VERSION: Schema = {
    "type": "integer",
    "minimum": 1,
    "description": "counts the comment's changes: a decision is about one of them",
}


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


SCHEMAS: dict[str, Schema] = {
    "Reviewed": _object(
        {
            "id": _OWN["id"],
            "version": _VERSION,
            "status": _OWN["status"],
            "site": {"type": "string", "description": "the site's name"},
            "page": _OWN["page"],
            "url": _TEXT_OR_NULL,
            "title": _TEXT_OR_NULL,
            "name": _OWN["name"],
            "text": _OWN["text"],
            "submitted_at": _OWN["submitted_at"],
            "parent": _OWN["parent"],
            "reasons": {
                "type": "array",
                "description": "why the policy decided so, an attribute with its score or a rule;"
                " then why the newest moderator did",
                "items": _object(
                    {"rule": {"type": "string"}, "score": _SCORE, "threshold": _SCORE}
                ),
            },
            "scores": _object(dict.fromkeys(ATTRIBUTES, _SCORE)),
            "model": _TEXT_OR_NULL,
            "notes": {"type": "array", "items": ref("Note")},
        }
    ),
    "Note": _object(
        {
            "by": {"type": "string", "description": "a moderator's name"},
            "text": {"type": "string"},
            "written_at": _OWN["submitted_at"],
        }
    ),
    "NewNote": _object({"note": {"type": "string", "minLength": 1, "maxLength": MAX_NOTE}}),
    "Queue": _object(
        {
            "waiting": {"type": "integer", "minimum": 0},
            "comments": {"type": "array", "items": ref("Reviewed")},
            "next": {**_TEXT_OR_NULL, "description": "give it as `after` for the next comments"},
        }
    ),
    "Decision": {
        "type": "object",
        "properties": {
            "status": {
                "type": "string",
                "enum": list(DECISIONS),
                "description": "flagged puts a decided comment back into the queue",
            },
            "version": _VERSION,
            "reason": {
                "type": "string",
                "enum": list(RejectReason),
                "default": RejectReason.OTHER,
                "description": "of a rejection only",
            },
        },
        "required": ["status", "version"],
    },
    "DecidedAlready": {
        "type": "object",
        "properties": {
            **PUBLIC["Problem"]["properties"],
            "comment": {
                **_object({"id": _OWN["id"], "status": _OWN["status"], "version": _VERSION}),
                "description": "what the comment is now",
            },
        },
        "required": [*PUBLIC["Problem"]["required"], "comment"],
    },
}
_PROBLEMS = {
    400: "The body is malformed",
    401: "There is no such token",
    403: "The moderator looks and does not decide",
    404: "There is no such comment or site within the moderator's reach",
    411: "There is no Content-Length",
    413: "The body is larger than 64 KiB",
    415: "The body is neither JSON nor a form",
    422: "A field is missing or wrong: `field` names it",
    503: "The database is away: Retry-After says when to try again",
}
_JSON = "application/json"
_PROBLEM = "application/problem+json"
_SECURITY: list[dict[str, list[str]]] = [{"moderatorToken": []}]
_ID = {
    "in": "path",
    "name": "comment_id",
    "description": "the comment's id",
    "schema": {"type": "string"},
    "required": True,
}


def _answers(name: str, description: str, *problems: int) -> dict[str, Any]:
    good = {"200": {"description": description, "content": {_JSON: {"schema": ref(name)}}}}
    return good | {str(each): _problem(_PROBLEMS[each]) for each in problems}


def _problem(description: str, name: str = "Problem") -> dict[str, Any]:
    return {"description": description, "content": {_PROBLEM: {"schema": ref(name)}}}


def _query(name: str, description: str, **schema: Any) -> dict[str, Any]:
    of = schema or {"type": "string"}
    return {"in": "query", "name": name, "description": description, "schema": of}


_LIMITS: Schema = {
    "type": "integer",
    "minimum": 1,
    "maximum": MAX_LIMIT,
    "default": DEFAULT_LIMIT,
}
PATHS: dict[str, Any] = {
    "/v1/moderation/queue": {
        "get": {
            "summary": "Read what waits for a moderator, oldest first",
            "security": _SECURITY,
            "parameters": [
                _query("site", "one site only"),
                _query("after", "the `next` of the answer before"),
                _query("limit", "how many at most", **_LIMITS),
            ],
            "responses": _answers("Queue", "Within the moderator's reach", 401, 404, 422, 503),
        }
    },
    "/v1/moderation/comments/{comment_id}": {
        "get": {
            "summary": "Read one comment, whatever its status",
            "security": _SECURITY,
            "parameters": [_ID],
            "responses": _answers("Reviewed", "The comment", 401, 404, 503),
        }
    },
    "/v1/moderation/comments/{comment_id}/decision": {
        "post": {
            "summary": "Decide a comment, or decide it otherwise",
            "security": _SECURITY,
            "parameters": [_ID],
            "requestBody": {
                "required": True,
                "content": {_JSON: {"schema": ref("Decision")}},
            },
            "responses": _answers(
                "Reviewed", "As it is now", *(400, 401, 403, 404, 411, 413, 415, 422, 503)
            )
            | {"409": _problem("Somebody decided it first: nothing was changed", "DecidedAlready")},
        }
    },
    "/v1/moderation/comments/{comment_id}/notes": {
        "post": {
            "summary": "Leave a note on a comment, for other moderators",
            "security": _SECURITY,
            "parameters": [_ID],
            "requestBody": {
                "required": True,
                "content": {_JSON: {"schema": ref("NewNote")}},
            },
            "responses": _answers(
                "Reviewed", "The comment", *(400, 401, 403, 404, 411, 413, 415, 422, 503)
            ),
        }
    },
}
