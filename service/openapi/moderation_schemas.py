"""Bodies of the moderation API."""

from moderation.comments import QueueSection, Status
from moderation.policy import ATTRIBUTES, Part
from moderation.review.notes import MAX_NOTE, RejectReason
from service.moderation_api import campaigns
from service.moderation_api.routes import DECISIONS, PUBLISHED_FIRST
from service.openapi.elements import (
    Element,
    answer_object,
    or_null,
    ref,
    request_object,
    string,
    text_field,
)
from service.openapi.public_schemas import COUNT, MOMENT, OWN_COMMENT, PINNED, PROBLEM_FIELDS, STAFF

SECTIONS = [*QueueSection, PUBLISHED_FIRST]
_TEXT_OR_NULL: Element = {"type": ["string", "null"]}
SCORE: Element = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
_VERSION: Element = {
    "type": "integer",
    "minimum": 1,
    "description": "counts the comment's changes: a decision is about one of them",
}
_UPTO = string("its newest comment: what comes later is not decided with it")
_REJECT_REASON: Element = {
    "type": ["string", "null"],
    "enum": [*RejectReason, None],
    "default": RejectReason.OTHER,
    "description": "of a rejection only",
}
REASONS: Element = {
    "type": "array",
    "description": "why the policy decided so, an attribute with its score or a rule; then why the"
    " newest moderator did",
    "items": answer_object(
        {
            "rule": {"type": "string"},
            "score": SCORE,
            "threshold": SCORE,
            "part": {
                "type": "string",
                "enum": [*Part],
                "description": "what the reason is about: the text, or the author's name",
            },
            "language": {
                "type": "string",
                "description": "the code of the language that the rule is about, as de",
            },
        },
        optional=("language",),
    ),
}

SCHEMAS: dict[str, Element] = {
    "Reviewed": answer_object(
        {
            **OWN_COMMENT,
            "staff": STAFF,
            "pinned": PINNED,
            "version": _VERSION,
            "section": {
                "type": ["string", "null"],
                "enum": [*SECTIONS, None],
                "description": "where it waits for a moderator; null where it does not",
            },
            "site": string("the site's name"),
            "url": _TEXT_OR_NULL,
            "title": _TEXT_OR_NULL,
            "reasons": REASONS,
            "scores": answer_object(dict.fromkeys(ATTRIBUTES, SCORE)),
            "name_scores": answer_object(dict.fromkeys(ATTRIBUTES, SCORE)),
            "model": _TEXT_OR_NULL,
            "notes": {"type": "array", "items": ref("Note")},
        }
    ),
    "Seen": request_object({"version": _VERSION}),
    "Note": answer_object(
        {
            "by": string("a moderator's name"),
            "text": {"type": "string"},
            "written_at": MOMENT,
        }
    ),
    "NewNote": request_object({"note": text_field("plain text", MAX_NOTE)}),
    "Queue": answer_object(
        {
            "waiting": {
                **COUNT,
                "description": "in the section that was asked for; else all not public",
            },
            "sections": answer_object({section: COUNT for section in SECTIONS}),
            "comments": {"type": "array", "items": ref("Reviewed")},
            "next": or_null(string("give it as `after` for the next comments")),
        }
    ),
    "Decision": request_object(
        {
            "status": {
                "type": "string",
                "enum": list(DECISIONS),
                "description": "flagged puts a decided comment back into the queue",
            },
            "version": _VERSION,
            "reason": _REJECT_REASON,
        },
        optional=("reason",),
    ),
    "Campaigns": answer_object(
        {
            "whole": {
                "type": "boolean",
                "description": "false where so many comments came that not all were looked at",
            },
            "campaigns": {"type": "array", "items": ref("Campaign")},
            "next": or_null(string("give it as `after` for the next campaigns")),
        }
    ),
    "Campaign": answer_object(
        {
            "id": string("the same for all texts that are nearly the same"),
            "upto": _UPTO,
            "comments": COUNT,
            "statuses": {
                "type": "object",
                "description": "how many of them have each status; one that none has is left out",
                "propertyNames": {"enum": [*Status]},
                "additionalProperties": COUNT,
            },
            "names": COUNT,
            "addresses": {**COUNT, "description": "address networks, as far as they are known"},
            "pages": COUNT,
            "sites": {"type": "array", "items": string("a site's name")},
            "first_at": MOMENT,
            "last_at": MOMENT,
            "texts": {
                "type": "array",
                "items": {"type": "string"},
                "description": "different spellings, the most frequent first; not all of many",
            },
        }
    ),
    "CampaignDecision": request_object(
        {
            "status": {"type": "string", "enum": list(campaigns.DECISIONS)},
            "upto": _UPTO,
            "reason": _REJECT_REASON,
        },
        optional=("reason",),
    ),
    "DecidedCampaign": answer_object(
        {
            "bulk": string("the id of the decisions together"),
            "decided": {**COUNT, "description": "how many comments had another status before"},
        }
    ),
    "DecidedAlready": answer_object(
        {
            **PROBLEM_FIELDS,
            "comment": {
                **answer_object(
                    {
                        "id": OWN_COMMENT["id"],
                        "status": OWN_COMMENT["status"],
                        "version": _VERSION,
                    }
                ),
                "description": "what the comment is now",
            },
        },
        optional=("field",),
    ),
}
