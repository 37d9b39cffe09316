"""What can be asked of the moderation API, and what it answers."""

from moderation.comments import QueueSection
from service.moderation_api.routes import DEFAULT_LIMIT, MAX_LIMIT
from service.openapi.elements import (
    Element,
    answer,
    parameter,
    problem,
    problems,
    request_body,
)

_SECURITY: list[dict[str, list[str]]] = [{"moderatorToken": []}]
_ID = parameter("path", "comment_id", "the comment's id")
_LIMIT: Element = {
    "type": "integer",
    "minimum": 1,
    "maximum": MAX_LIMIT,
    "default": DEFAULT_LIMIT,
}
_NO_TOKEN = problem(401, "There is no such token")
_NOT_FOUND = problem(404, "There is no such comment or site in the moderator's scope")
_READ_PROBLEMS = _NO_TOKEN | _NOT_FOUND | problems(503)
_WRITE_PROBLEMS = (
    problems(400, 408, 411, 413, 415, 422, 503)
    | _NO_TOKEN
    | _NOT_FOUND
    | problem(403, "The moderator looks and does not decide")
)
_DECIDED_ALREADY = problem(409, "Somebody decided it first: nothing was changed", "DecidedAlready")

_SECTION = "one section only: what is in doubt, or what is likely to be rejected"
_SECTIONS: Element = {"type": "string", "enum": [*QueueSection]}
PATHS: dict[str, Element] = {
    "/v1/moderation/queue": {
        "get": {
            "summary": "Read what waits for a moderator, oldest first",
            "security": _SECURITY,
            "parameters": [
                parameter("query", "site", "one site only"),
                parameter("query", "section", _SECTION, schema=_SECTIONS),
                parameter("query", "after", "the `next` of the answer before"),
                parameter("query", "limit", "how many at most", schema=_LIMIT),
            ],
            "responses": answer(200, "Queue", "Within the moderator's scope")
            | _READ_PROBLEMS
            | problems(422),
        }
    },
    "/v1/moderation/comments/{comment_id}": {
        "get": {
            "summary": "Read one comment, whatever its status",
            "security": _SECURITY,
            "parameters": [_ID],
            "responses": answer(200, "Reviewed", "The comment") | _READ_PROBLEMS,
        }
    },
    "/v1/moderation/comments/{comment_id}/decision": {
        "post": {
            "summary": "Decide a comment, or decide it otherwise",
            "security": _SECURITY,
            "parameters": [_ID],
            "requestBody": request_body("Decision"),
            "responses": answer(200, "Reviewed", "As it is now")
            | _WRITE_PROBLEMS
            | _DECIDED_ALREADY,
        }
    },
    "/v1/moderation/comments/{comment_id}/notes": {
        "post": {
            "summary": "Leave a note on a comment, for other moderators",
            "security": _SECURITY,
            "parameters": [_ID],
            "requestBody": request_body("NewNote"),
            "responses": answer(200, "Reviewed", "The comment") | _WRITE_PROBLEMS,
        }
    },
}
