"""Bodies of the public API, with the limits that the code holds them to."""

from moderation.comments import MAX_NAME, MAX_SITE, MAX_TEXT, Status
from moderation.review.reports import MAX_TEXT as MAX_REPORT_TEXT
from moderation.review.reports import Reason
from service.openapi.elements import (
    Element,
    answer_object,
    optional_field,
    or_null,
    ref,
    request_object,
    string,
    text_field,
)
from service.public.submit import MAX_SOURCE_ID

COUNT: Element = {"type": "integer", "minimum": 0}
MOMENT: Element = {"type": "string", "format": "date-time"}
STATUS: Element = {"type": "string", "enum": [status.value for status in Status]}
_ID = string("public id, random")
_PAGE = (
    "the page's URL path, in any spelling, or the site's own name for the page; the query keeps"
    " only what names the article"
)
_COMMENT: Element = {
    "id": _ID,
    "name": string("the author's name, one line"),
    "text": string("plain text, as it was sent"),
    "submitted_at": MOMENT,
    "parent": or_null(string("id of the comment this one answers")),
}
STAFF: Element = {"type": "boolean", "description": "whether the site's own people wrote it"}
_ERASED: Element = {
    "type": "boolean",
    "description": "whether it was erased: name and text are empty, the answers to it stay",
}
PROBLEM_FIELDS: Element = {
    "type": {
        **string("stable name of what went wrong, as urn:parley:invalid-field"),
        "pattern": "^urn:parley:[a-z-]+$",
    },
    "title": string("the status code in words"),
    "status": {"type": "integer", "minimum": 400, "maximum": 599},
    "detail": string("a sentence for a person"),
    "field": string("the field that is wrong"),
}
# A comment for its author and for moderators, who see what is not published too.
OWN_COMMENT: Element = {
    "id": _ID,
    "status": STATUS,
    "page": string("the site's own key for the page"),
    **{name: _COMMENT[name] for name in ("name", "text", "submitted_at", "parent")},
}

SCHEMAS: dict[str, Element] = {
    "Submission": request_object(
        {
            "site": text_field("the site's name", MAX_SITE),
            "page": {"type": "string", "description": _PAGE, "minLength": 1},
            "name": text_field("the author's name, one line", MAX_NAME),
            "text": text_field("plain text, kept byte for byte", MAX_TEXT),
            "query": or_null(string("names of query parameters that name the article")),
            "url": or_null(string("where the reader is; left out where it is no address")),
            "title": or_null(string("the page's title; cut, or left out where it is none")),
            "parent": optional_field("id of the comment this one answers", MAX_NAME),
            "source_id": {
                "type": ["string", "null"],
                "maxLength": MAX_SOURCE_ID,
                "description": "of a site's server: what its own system calls the comment. The same"
                " again gives the comment that is stored already",
            },
        },
        optional=("query", "url", "title", "parent", "source_id"),
    ),
    "Accepted": answer_object(
        {
            "id": _ID,
            "status": STATUS,
            "status_url": {"type": "string", "format": "uri"},
            "author_token": string("lets the author follow and erase the comment: keep it secret"),
            "author_url": {
                **string("a page where the author sees and erases the comment: keep it secret"),
                "format": "uri",
            },
        }
    ),
    "Comment": answer_object({**_COMMENT, "staff": STAFF, "erased": _ERASED}),
    "Comments": answer_object(
        {
            "count": COUNT,
            "comments": {"type": "array", "items": ref("Comment")},
            "next": or_null(string("give it as `after` for the next comments")),
            "max_text": {**COUNT, "description": "how many characters a comment may have here"},
        }
    ),
    "OwnComment": answer_object({**OWN_COMMENT, "erased": _ERASED}),
    "Report": request_object(
        {
            "reason": {"type": "string", "enum": [reason.value for reason in Reason]},
            "text": optional_field("what the reader adds, plain text", MAX_REPORT_TEXT),
        },
        optional=("text",),
    ),
    "Received": answer_object({"status": {"type": "string", "enum": ["received"]}}),
    "Counts": answer_object({"counts": {"type": "object", "additionalProperties": COUNT}}),
    "Alive": answer_object({"status": {"type": "string", "enum": ["alive"]}}),
    "Readiness": answer_object(
        {
            "status": {"type": "string", "enum": ["ready", "not ready"]},
            "checks": {"type": "object", "additionalProperties": {"type": "string"}},
            "warnings": {"type": "object", "additionalProperties": {"type": "string"}},
        },
        optional=("warnings",),
    ),
    "Problem": answer_object(PROBLEM_FIELDS, optional=("field",)),
}
