"""How a page's comments are asked for in other forms than JSON."""

from service.http.atom import ATOM
from service.openapi.elements import Element, parameter, problem, problems
from service.openapi.public_paths import ANSWERS, ORDERS, PAGE, QUERY, SITE, THREADS
from service.public.documents.comment_feeds import DEFAULT_ENTRIES, MAX_ENTRIES
from service.public.documents.comment_lists import DEFAULT_DEPTH, MAX_DEPTH

_LANGUAGE = parameter("query", "lang", "the reader's language; else Accept-Language says it")
_ETAG = parameter("header", "If-None-Match", "the ETag of the answer before")
_DEPTH: Element = {
    "type": "integer",
    "minimum": 1,
    "maximum": MAX_DEPTH,
    "default": DEFAULT_DEPTH,
}
_ENTRIES: Element = {
    "type": "integer",
    "minimum": 1,
    "maximum": MAX_ENTRIES,
    "default": DEFAULT_ENTRIES,
}
_PART: Element = {"type": "string", "enum": ["0", "1"], "default": "0"}
_SHOWN = [
    SITE,
    PAGE,
    QUERY,
    _LANGUAGE,
    parameter("query", "order", "of the threads", schema=ORDERS),
    parameter("query", "limit", "how many threads at most", schema=THREADS),
    parameter("query", "answers", "how many answers of each at most", schema=ANSWERS),
    parameter("query", "depth", "how many levels; deeper answers stand in the last", schema=_DEPTH),
    parameter("query", "after", "where the link to more leads"),
    parameter("query", "before", "where the link to earlier ones leads"),
    parameter("query", "at", "id of a comment: begin with its thread, and show it"),
    parameter("query", "thread", "id of a thread: only answers of it, behind `after`"),
    parameter("query", "reply", "id of a comment: the form answers it"),
    _ETAG,
]


def _document(content_type: str) -> Element:
    schema: Element = {"type": "object" if content_type.endswith("json") else "string"}
    if content_type.endswith("json"):
        schema["additionalProperties"] = True
    return (
        {
            "200": {"description": "With an ETag", "content": {content_type: {"schema": schema}}},
            "304": {"description": "Nothing changed since the ETag given"},
        }
        | problem(404, "There is no such site")
        | problems(422, 503)
    )


PATHS: dict[str, Element] = {
    "/v1/comments.html": {
        "get": {
            "summary": "Read the approved comments of a page as HTML",
            "description": "A whole page, or a part to be put into another; with the form, as"
            " schema.org has it too, and without a script.",
            "parameters": [
                *_SHOWN,
                parameter("query", "fragment", "1: without html and head", schema=_PART),
            ],
            "responses": _document("text/html"),
        }
    },
    "/v1/comments.jsonld": {
        "get": {
            "summary": "Read the approved comments of a page in the words of schema.org",
            "parameters": _SHOWN,
            "responses": _document("application/ld+json"),
        }
    },
    "/v1/comments.atom": {
        "get": {
            "summary": "Follow the newest approved comments of a page, or of a whole site",
            "parameters": [
                SITE,
                {**PAGE, "required": False, "description": "the page; without it the whole site"},
                QUERY,
                _LANGUAGE,
                parameter("query", "limit", "how many at most", schema=_ENTRIES),
                _ETAG,
            ],
            "responses": _document(ATOM),
        }
    },
}
SCHEMAS: dict[str, Element] = {}
