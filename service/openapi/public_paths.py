"""What can be asked of the API, and what it answers."""

from typing import Any

from moderation.storage.comments.pages import Order
from service.http.body import FORM, JSON
from service.openapi.public_schemas import ref
from service.public.read import DEFAULT_LIMIT, MAX_COUNTS, MAX_LIMIT
from service.public.site_access import AUTHOR_TOKEN

Operation = dict[str, Any]


def _answers(good: Operation, *problems: int) -> Operation:
    problem = {"application/problem+json": {"schema": ref("Problem")}}
    return good | {
        str(status): {"description": _PROBLEMS[status], "content": problem} for status in problems
    }


def _json(status: int, name: str, description: str) -> Operation:
    return {str(status): {"description": description, "content": {JSON: {"schema": ref(name)}}}}


def _given(where: str, name: str, description: str, **more: Any) -> Operation:
    schema = more.pop("schema", {"type": "string"})
    required = {"required": True} if where == "path" else {}
    about = {"in": where, "name": name, "description": description, "schema": schema}
    return about | required | more


_PROBLEMS = {
    400: "The body is malformed",
    401: "The key is not the site's",
    403: "The Origin is not one of the site's",
    404: "There is no such site or comment, or not for you",
    409: "The Idempotency-Key was used for another comment",
    411: "There is no Content-Length",
    413: "The body is larger than 64 KiB",
    415: "The body is neither JSON nor a form",
    422: "A field is missing, too long or wrong: `field` names it",
    429: "Too many from here: Retry-After says for how many seconds",
    503: "The database is away: Retry-After says when to try again",
}
_SITE = _given("query", "site", "the site's name", required=True)
_PAGE = _given("query", "page", "the page's key", required=True)

_SUBMIT: Operation = {
    "summary": "Submit a comment",
    "description": "Stored durably when this answers; scored and decided right after.",
    "security": [{}, {"siteKey": []}],
    "parameters": [
        _given("header", "Idempotency-Key", "the same key and body get the same answer"),
        _given("header", "Origin", "sent by browsers: one of the site's"),
    ],
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": ref("Submission")},
            FORM: {"schema": ref("Submission")},
        },
    },
    "responses": _answers(
        _json(202, "Accepted", "Taken; Location is the status URL")
        | {"303": {"description": "A form: back to its page, an address of the site"}},
        *(400, 401, 403, 404, 409, 411, 413, 415, 422, 429, 503),
    ),
}
_READ: Operation = {
    "summary": "Read the approved comments of a page",
    "parameters": [
        _SITE,
        _PAGE,
        _given("query", "after", "the `next` of the answer before"),
        _given(
            "query",
            "limit",
            "how many at most",
            schema={
                "type": "integer",
                "minimum": 1,
                "maximum": MAX_LIMIT,
                "default": DEFAULT_LIMIT,
            },
        ),
        _given(
            "query",
            "order",
            "by time of submission",
            schema={"type": "string", "enum": list(Order), "default": Order.OLDEST},
        ),
        _given("header", "If-None-Match", "the ETag of the answer before"),
    ],
    "responses": _answers(
        _json(200, "Comments", "With an ETag")
        | {"304": {"description": "Nothing changed since the ETag given"}},
        *(404, 422, 503),
    ),
}
_OWN: Operation = {
    "summary": "Read one's own comment and its status",
    "parameters": [
        _given("path", "comment_id", "the comment's id"),
        _given("header", AUTHOR_TOKEN, "the author's token: without it only approved ones"),
    ],
    "responses": _answers(_json(200, "OwnComment", "The comment"), 404, 503),
}
_REPORT: Operation = {
    "summary": "Report an approved comment",
    "description": "Put before moderators. A reader's second report of a comment changes nothing.",
    "parameters": [
        _given("path", "comment_id", "the comment's id"),
        _given("header", "Origin", "sent by browsers: one of the site's", required=True),
    ],
    "requestBody": {
        "required": True,
        "content": {JSON: {"schema": ref("Report")}, FORM: {"schema": ref("Report")}},
    },
    "responses": _answers(
        _json(202, "Received", "Taken"), *(400, 403, 404, 411, 413, 415, 422, 429, 503)
    ),
}
_COUNTS: Operation = {
    "summary": "Count the approved comments of many pages",
    "parameters": [
        _SITE,
        _given(
            "query",
            "page",
            f"a page's key, 1 to {MAX_COUNTS} times",
            required=True,
            schema={"type": "array", "items": {"type": "string"}, "maxItems": MAX_COUNTS},
            explode=True,
        ),
    ],
    "responses": _answers(_json(200, "Counts", "By page"), 404, 422, 503),
}
_PLAIN_TEXT: Operation = {
    "200": {
        "description": "In Prometheus' text format",
        "content": {"text/plain": {"schema": {"type": "string"}}},
    }
}

PATHS: dict[str, Operation] = {
    "/v1/comments": {"post": _SUBMIT, "get": _READ},
    "/v1/comments/{comment_id}": {"get": _OWN},
    "/v1/comments/{comment_id}/reports": {"post": _REPORT},
    "/v1/counts": {"get": _COUNTS},
    "/healthz": {
        "get": {"summary": "Alive", "responses": _json(200, "Alive", "The web server answers")}
    },
    "/readyz": {
        "get": {
            "summary": "Able to work",
            "responses": _json(200, "Readiness", "All is well")
            | _json(503, "Readiness", "Something is away; `checks` says what"),
        }
    },
    "/metrics": {"get": {"summary": "Figures for Prometheus", "responses": _PLAIN_TEXT}},
}
