"""What an admin's program can ask of a site's rules."""

from moderation.rules.document import (
    MOST_DAYS,
    MOST_FIRST_COMMENTS,
    MOST_LINKS,
    MOST_REPEATS,
    RULES,
)
from moderation.rules.rule_fields import MOST_DOMAINS, MOST_WORDS
from moderation.rules.site_rules import Action, Publication
from service.openapi.elements import (
    Element,
    answer,
    answer_object,
    or_null,
    parameter,
    problem,
    problems,
    request_body,
    request_object,
    string,
)
from service.openapi.moderation_schemas import REASONS

_SECURITY: list[dict[str, list[str]]] = [{"moderatorToken": []}]
_SITE = parameter("path", "site_name", "the site's name")
_PAGE = parameter("query", "page", "the key of a page: what it changes of the site's rules")
_REFUSALS = (
    problem(401, "There is no such token")
    | problem(403, "The moderator is no admin")
    | problem(404, "There is no such site in the moderator's scope")
    | problems(503)
)
_ACTION: Element = {"type": "string", "enum": [*Action]}
_DOMAINS: Element = {"type": "array", "items": {"type": "string"}, "maxItems": MOST_DOMAINS}
_WORDS: Element = {"type": "array", "items": {"type": "string"}, "maxItems": MOST_WORDS}
_LINKS: Element = {
    "most": {"type": ["integer", "null"], "minimum": 0, "maximum": MOST_LINKS},
    "action": _ACTION,
    "allowed": _DOMAINS,
    "banned": _DOMAINS,
}
_HOURS: Element = {
    "zone": string("a time zone, as Europe/Berlin"),
    "begin": string("as 22:00"),
    "end": string("as 07:00, of the same day or the next one"),
}
_CLOSING: Element = {
    "after_days": {"type": ["integer", "null"], "minimum": 1, "maximum": MOST_DAYS},
    "closed": {"type": ["boolean", "null"], "description": "by hand; null: by the days"},
}
_RULES: Element = {
    "publish": {"type": "string", "enum": [*Publication]},
    "first_comments": {"type": "integer", "minimum": 0, "maximum": MOST_FIRST_COMMENTS},
    "banned_words": answer_object(
        {"words": _WORDS, "action": _ACTION}, optional=("words", "action")
    ),
    "links": answer_object(_LINKS, optional=tuple(_LINKS)),
    "repeats": {"type": ["integer", "null"], "minimum": 2, "maximum": MOST_REPEATS},
    "quiet_hours": or_null(answer_object(_HOURS)),
    "closing": answer_object(_CLOSING, optional=tuple(_CLOSING)),
}
_PAGE_OR_NULL: Element = {
    "type": ["string", "null"],
    "description": "the key of a page; null: the whole site",
}
_STATUS = string("approved, flagged or rejected")
SCHEMAS: dict[str, Element] = {
    "Rules": answer_object(_RULES, optional=tuple(RULES)),
    "SitePolicy": answer_object(
        {
            "site": string("the site's name"),
            "page": _PAGE_OR_NULL,
            "rules": {"$ref": "#/components/schemas/Rules"},
            "changed_at": {"type": ["string", "null"], "format": "date-time"},
            "changed_by": {"type": ["string", "null"]},
        }
    ),
    "TriedPolicy": answer_object(
        {
            "site": string("the site's name"),
            "page": _PAGE_OR_NULL,
            "tried": {
                "type": ["integer", "null"],
                "description": "how many comments; null where the model cannot be used",
            },
            "differing": {"type": ["integer", "null"]},
            "differences": {
                "type": "array",
                "description": "the newest of those that would become something else",
                "items": answer_object(
                    {
                        "id": string("the comment's id"),
                        "now": _STATUS,
                        "then": _STATUS,
                        "reasons": REASONS,
                    }
                ),
            },
        }
    ),
    "ChangedPolicy": request_object(
        {
            "rules": {"$ref": "#/components/schemas/Rules"},
            "page": _PAGE_OR_NULL,
            "dry_run": {
                "type": "boolean",
                "default": False,
                "description": "change nothing: say what would differ of the last 1,000 comments",
            },
        },
        optional=("page", "dry_run"),
    ),
}
_ANSWER = answer(200, "SitePolicy", "The rules in force")
_EITHER: Element = {
    "200": {
        "description": "The rules in force; with dry_run what would differ",
        "content": {
            "application/json": {
                "schema": {
                    "anyOf": [
                        {"$ref": "#/components/schemas/SitePolicy"},
                        {"$ref": "#/components/schemas/TriedPolicy"},
                    ]
                }
            }
        },
    }
}
PATHS: dict[str, Element] = {
    "/v1/moderation/sites/{site_name}/policy": {
        "get": {
            "summary": "Read the rules of a site, or what a page changes of them",
            "security": _SECURITY,
            "parameters": [_SITE, _PAGE],
            "responses": _ANSWER | _REFUSALS | problems(422),
        },
        "put": {
            "summary": "Put rules in force, or try them on the last comments",
            "security": _SECURITY,
            "parameters": [_SITE],
            "requestBody": request_body("ChangedPolicy"),
            "responses": _EITHER | _REFUSALS | problems(400, 408, 411, 413, 422),
        },
    },
    "/v1/moderation/sites/{site_name}/policy/back": {
        "post": {
            "summary": "Put the former rules in force",
            "security": _SECURITY,
            "parameters": [_SITE, _PAGE],
            "responses": _ANSWER
            | _REFUSALS
            | problem(409, "The rules were never changed")
            | problems(408, 411, 413, 422),
        }
    },
}
