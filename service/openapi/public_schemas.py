"""Bodies of the public API, with the limits that the code holds them to."""

from moderation.accounts.email_addresses import MAX_LENGTH
from moderation.comments import MAX_NAME, MAX_SITE, MAX_TEXT, Status
from moderation.own_comments.appeals import MAX_APPEAL
from moderation.review.notes import RejectReason
from moderation.review.reports import MAX_TEXT as MAX_REPORT_TEXT
from moderation.review.reports import Reason
from moderation.rules.closing import ClosedReason
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
from service.public.own_facts import MAX_SOURCE_ID

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
    "edited_at": or_null({**MOMENT, "description": "when its author changed it last"}),
    "parent": or_null(string("id of the comment this one answers")),
}
STAFF: Element = {"type": "boolean", "description": "whether the site's own people wrote it"}
_ERASED: Element = {
    "type": "boolean",
    "description": "whether it was erased: name and text are empty, the answers to it stay",
}
PINNED: Element = {"type": "boolean", "description": "whether it stands first on its page"}
_TERMS: dict[str, Element] = {
    "closed": {"type": "boolean", "description": "whether the page takes no comments"},
    "closed_reason": {
        "type": ["string", "null"],
        "enum": [*ClosedReason, None],
        "description": "by hand, some days after its first comment, or with the whole site",
    },
    "reader_mail": {
        "type": "boolean",
        "description": "whether a comment may come with an e-mail address",
    },
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
    **{name: _COMMENT[name] for name in ("name", "text", "submitted_at", "edited_at", "parent")},
}

_APPEAL: Element = answer_object(
    {
        "text": string("why it should be published, in the author's words"),
        "appealed_at": MOMENT,
        "decided_at": or_null({**MOMENT, "description": "null while it waits"}),
        "status": {"type": ["string", "null"], "enum": [*Status, None]},
        "answer": or_null(string("what the moderator wrote to the author")),
    }
)

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
            "nudge": {
                "type": ["boolean", "null"],
                "description": "true: the author can be told which words would make it wait, and"
                " was not yet; then nothing is stored where the site's scores say so",
            },
            "email": {
                "type": ["string", "null"],
                "maxLength": MAX_LENGTH,
                "description": "an e-mail address for mails about replies and decisions. It is"
                " never shown, and asked first whether it is the sender's. Left out where the site"
                " mails no readers",
            },
            "earlier": {
                "type": ["string", "null"],
                "description": "id of an earlier comment for which this address was confirmed: with"
                " its author's token in the header the address is not asked again; not in a batch",
            },
            "source_id": {
                "type": ["string", "null"],
                "maxLength": MAX_SOURCE_ID,
                "description": "of a site's server: what its own system calls the comment. The same"
                " again gives the comment that is stored already",
            },
            "website": {
                "type": ["string", "null"],
                "description": "a field of forms that people do not see: a comment in which it is"
                " filled in waits for a moderator",
            },
            "time_token": {
                "type": ["string", "null"],
                "description": "from `GET /v1/time-token`, when its reader began to write",
            },
            "created_at": {
                "type": ["string", "null"],
                "format": "date-time",
                "description": "of a server with a trusted key: when the comment was written, with"
                " its zone and not in the future. It is its `submitted_at` then",
            },
        },
        optional=(
            "query",
            "url",
            "title",
            "parent",
            "nudge",
            "email",
            "earlier",
            "source_id",
            "website",
            "time_token",
            "created_at",
        ),
    ),
    "Nudge": answer_object(
        {
            "nudge": answer_object(
                {
                    "words": {
                        "type": "array",
                        "items": {"type": "string"},
                        "description": "of the text, those that speak most for it; can be empty",
                    }
                }
            )
        }
    ),
    "Accepted": answer_object(
        {
            "id": _ID,
            "status": STATUS,
            "status_url": {"type": "string", "format": "uri"},
            "author_token": or_null(
                string(
                    "lets the author follow and erase the comment: keep it secret; null where an"
                    " equal comment, sent without a key a moment ago, is published already"
                )
            ),
            "author_url": or_null(
                {
                    **string("a page where the author sees and erases the comment: keep it secret"),
                    "format": "uri",
                }
            ),
            "mail": {
                "type": "string",
                "enum": ["asked", "confirmed", "limited", "off"],
                "description": "what becomes of `email`: a mail asks whether it is the sender's; it"
                " is known to be; too many questions were sent for now; the site mails no readers",
            },
        },
        optional=("mail",),
    ),
    "Comment": answer_object({**_COMMENT, "staff": STAFF, "erased": _ERASED, "pinned": PINNED}),
    "Comments": answer_object(
        {
            "count": COUNT,
            "comments": {"type": "array", "items": ref("Comment")},
            "next": or_null(string("give it as `after` for the next comments")),
            "max_text": {**COUNT, "description": "how many characters a comment may have here"},
            **_TERMS,
        }
    ),
    "Thread": answer_object(
        {
            "id": string("id of its first comment, which need not be public any more"),
            "answers": {**COUNT, "description": "how many answers are public in all"},
            "comments": {
                "type": "array",
                "items": ref("Comment"),
                "description": "by time: the first, where it is public, and answers",
            },
            "next": or_null(string("give it as `after`, with `thread`, for the next answers")),
            "cut": {
                "type": "boolean",
                "description": "whether answers are left out before the one asked for by `at`",
            },
        }
    ),
    "Threads": answer_object(
        {
            "count": {**COUNT, "description": "how many comments of the page are public"},
            "threads": {"type": "array", "items": ref("Thread")},
            "next": or_null(string("give it as `after` for the next threads")),
            "previous": or_null(string("give it as `before` for the threads above, after `at`")),
            "at": or_null(string("the comment asked for by `at`, where it is public")),
            "latest": or_null({**MOMENT, "description": "when the newest comment was submitted"}),
            "max_text": {**COUNT, "description": "how many characters a comment may have here"},
            **_TERMS,
        }
    ),
    "OwnComment": answer_object(
        {
            **OWN_COMMENT,
            "erased": _ERASED,
            "edit_until": or_null(
                {**MOMENT, "description": "until when its author may change it; null: not now"}
            ),
            "reason": {
                "type": ["string", "null"],
                "enum": [*RejectReason, None],
                "description": "why a moderator rejected it, for its author",
            },
            "may_appeal": {
                "type": "boolean",
                "description": "whether its author may ask for another look",
            },
            "appeal": or_null(_APPEAL),
        }
    ),
    "Appeal": request_object(
        {"text": text_field("why it should be published, plain text", MAX_APPEAL)}
    ),
    "Edit": request_object(
        {
            "text": text_field("the new text; left out: as it is", MAX_TEXT),
            "name": text_field("the author's new name; left out: as it is", MAX_NAME),
        },
        optional=("text", "name"),
    ),
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
