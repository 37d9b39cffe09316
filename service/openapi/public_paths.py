"""What can be asked of the public API, and what it answers."""

from moderation.storage.threads.page_comments import Order
from moderation.storage.threads.thread_places import ThreadOrder
from service.openapi.elements import (
    Element,
    answer,
    parameter,
    problem,
    problems,
    request_body,
)
from service.public.read import DEFAULT_LIMIT, MAX_COUNTS, MAX_LIMIT
from service.public.site_access import AUTHOR_TOKEN
from service.public.thread_lists import (
    DEFAULT_ANSWERS,
    DEFAULT_THREADS,
    MAX_ANSWERS,
    MAX_THREADS,
)

_BODY_PROBLEMS = problems(400, 408, 411, 413, 415, 422, 429, 503)
_NOT_FOUND = problem(404, "There is no such site or comment, or not for you")
_WRONG_ORIGIN = problem(403, "The Origin is not one of the site's, or the page is closed")
_ID = parameter("path", "comment_id", "the comment's id")
SITE = parameter("query", "site", "the site's name", required=True)
PAGE = parameter("query", "page", "the page's path, in any spelling, or its key", required=True)
QUERY = parameter("query", "query", "names of query parameters that name the article, with commas")
_LIMIT: Element = {
    "type": "integer",
    "minimum": 1,
    "maximum": MAX_LIMIT,
    "default": DEFAULT_LIMIT,
}
_ORDER: Element = {"type": "string", "enum": list(Order), "default": Order.OLDEST}
ORDERS: Element = {
    "type": "string",
    "enum": list(ThreadOrder),
    "default": ThreadOrder.OLDEST,
}
THREADS: Element = {**_LIMIT, "maximum": MAX_THREADS, "default": DEFAULT_THREADS}
ANSWERS: Element = {**_LIMIT, "maximum": MAX_ANSWERS, "default": DEFAULT_ANSWERS}
_PAGES: Element = {
    "type": "array",
    "items": {"type": "string"},
    "minItems": 1,
    "maxItems": MAX_COUNTS,
}

_SUBMIT: Element = {
    "summary": "Submit a comment",
    "description": "Stored durably when this answers; scored and decided right after.",
    "security": [{}, {"siteKey": []}],
    "parameters": [
        parameter(
            "header",
            "Idempotency-Key",
            "the same key and body of the same sender get the same answer; senders are the site's"
            " servers together, and each reader's address",
        ),
        parameter("header", "Origin", "sent by browsers: one of the site's, or Parley's own"),
        parameter("query", "lang", "the reader's language; else Accept-Language says it"),
    ],
    "requestBody": request_body("Submission"),
    "responses": answer(202, "Accepted", "Taken; Location is the status URL")
    | answer(200, "Nudge", "Nothing is stored: its words would make it wait; asked for by `nudge`")
    | {"303": {"description": "A form: back to its page, of the site or Parley's"}}
    | _BODY_PROBLEMS
    | problem(401, "The key is not the site's")
    | _WRONG_ORIGIN
    | _NOT_FOUND
    | problem(409, "The Idempotency-Key was used for another comment"),
}
_READ: Element = {
    "summary": "Read the approved comments of a page",
    "description": "Pinned ones come first, in every order, and only there.",
    "parameters": [
        SITE,
        PAGE,
        QUERY,
        parameter("query", "after", "the `next` of the answer before"),
        parameter("query", "limit", "how many at most", schema=_LIMIT),
        parameter("query", "order", "by time of submission", schema=_ORDER),
        parameter("header", "If-None-Match", "the ETag of the answer before"),
    ],
    "responses": answer(200, "Comments", "With an ETag")
    | {"304": {"description": "Nothing changed since the ETag given"}}
    | _NOT_FOUND
    | problems(422, 503),
}
_THREADS: Element = {
    "summary": "Read the approved comments of a page as threads",
    "description": "Each thread has its oldest answers. A cursor is a place in the order: no thread"
    " is lost or comes twice while others write. By `replies` one that gets answers in between may"
    " rise above the place. What is pinned comes first, in every order, and only there: a part that"
    " goes back to it has it beside its `limit`.",
    "parameters": [
        SITE,
        PAGE,
        QUERY,
        parameter("query", "order", "of the threads", schema=ORDERS),
        parameter("query", "limit", "how many threads at most", schema=THREADS),
        parameter("query", "answers", "how many answers of each at most", schema=ANSWERS),
        parameter("query", "after", "the `next` of the answer before"),
        parameter("query", "before", "the `previous` of the answer before"),
        parameter("query", "at", "id of a comment: begin with its thread, and show it"),
        parameter("query", "thread", "id of a thread: only answers of it, behind `after`"),
        parameter("header", "If-None-Match", "the ETag of the answer before"),
    ],
    "responses": answer(200, "Threads", "With an ETag")
    | {"304": {"description": "Nothing changed since the ETag given"}}
    | _NOT_FOUND
    | problems(422, 503),
}
_OWN: Element = {
    "summary": "Read one's own comment and its status",
    "description": "A site's server with a key that may read sees each comment of its site.",
    "security": [{}, {"siteKey": []}],
    "parameters": [
        _ID,
        parameter(
            "header",
            AUTHOR_TOKEN,
            "the author's token: without it only what is public",
        ),
    ],
    "responses": answer(200, "OwnComment", "The comment") | _NOT_FOUND | problems(503),
}
_ERASE: Element = {
    "summary": "Erase one's own comment",
    "description": "For good: its name and text are gone, the answers to it stay.",
    "parameters": [_ID, parameter("header", AUTHOR_TOKEN, "the author's token", required=True)],
    "responses": answer(200, "OwnComment", "The comment as it is now, without name and text")
    | problem(403, "The token is not this comment's")
    | _NOT_FOUND
    | problems(503),
}
_EDIT: Element = {
    "summary": "Change one's own comment",
    "description": "While its author may: `edit_until` says how long. It is `pending` then, scored"
    " and decided like a new one, and not shown until it is approved. Moderators see what it said"
    " before. The same text again changes nothing.",
    "parameters": [_ID, parameter("header", AUTHOR_TOKEN, "the author's token", required=True)],
    "requestBody": request_body("Edit"),
    "responses": answer(200, "OwnComment", "The comment as it is now")
    | _BODY_PROBLEMS
    | problem(403, "The token is not this comment's")
    | _NOT_FOUND
    | problem(409, "Its time is over, a moderator has decided it, or it was not published"),
}
_APPEAL: Element = {
    "summary": "Ask for another look at one's own rejected comment",
    "description": "Once a comment. A moderator publishes it or leaves it, and may answer.",
    "parameters": [_ID, parameter("header", AUTHOR_TOKEN, "the author's token", required=True)],
    "requestBody": request_body("Appeal"),
    "responses": answer(200, "OwnComment", "The comment, with the appeal")
    | _BODY_PROBLEMS
    | problem(403, "The token is not this comment's")
    | _NOT_FOUND
    | problem(409, "The comment is not rejected, or was appealed for before"),
}
_EXPORT: Element = {
    "summary": "Read all that is stored about one's own comment",
    "parameters": [_ID, parameter("header", AUTHOR_TOKEN, "the author's token", required=True)],
    "responses": answer(200, "OwnExport", "All of it")
    | problem(403, "The token is not this comment's")
    | _NOT_FOUND
    | problems(503),
}
_REPORT: Element = {
    "summary": "Report an approved comment",
    "description": "Put before moderators. A reader's second report of a comment changes nothing.",
    "parameters": [
        _ID,
        parameter("header", "Origin", "sent by browsers: one of the site's", required=True),
    ],
    "requestBody": request_body("Report"),
    "responses": answer(202, "Received", "Taken") | _BODY_PROBLEMS | _WRONG_ORIGIN | _NOT_FOUND,
}
_COUNTS: Element = {
    "summary": "Count the approved comments of many pages",
    "parameters": [
        SITE,
        parameter(
            "query",
            "page",
            f"a page's key, 1 to {MAX_COUNTS} times",
            required=True,
            schema=_PAGES,
            explode=True,
        ),
        QUERY,
        parameter("header", "If-None-Match", "the ETag of the answer before"),
    ],
    "responses": answer(200, "Counts", "By page, with an ETag")
    | {"304": {"description": "Nothing changed since the ETag given"}}
    | _NOT_FOUND
    | problems(422, 503),
}
_METRICS: Element = {
    "summary": "Figures for Prometheus",
    "responses": {
        "200": {
            "description": "In Prometheus' text format",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        }
    }
    | problem(403, "PARLEY_MONITORING_NETWORKS names networks, and the client is in none")
    | problems(503),
}

PATHS: dict[str, Element] = {
    "/v1/comments": {"post": _SUBMIT, "get": _READ},
    "/v1/threads": {"get": _THREADS},
    "/v1/comments/{comment_id}": {"get": _OWN, "patch": _EDIT, "delete": _ERASE},
    "/v1/comments/{comment_id}/appeal": {"post": _APPEAL},
    "/v1/comments/{comment_id}/export": {"get": _EXPORT},
    "/v1/comments/{comment_id}/reports": {"post": _REPORT},
    "/v1/counts": {"get": _COUNTS},
    "/healthz": {
        "get": {"summary": "Alive", "responses": answer(200, "Alive", "The web server answers")}
    },
    "/readyz": {
        "get": {
            "summary": "Able to work",
            "responses": answer(200, "Readiness", "All is well")
            | answer(503, "Readiness", "Something is away; `checks` says what"),
        }
    },
    "/metrics": {"get": _METRICS},
}
