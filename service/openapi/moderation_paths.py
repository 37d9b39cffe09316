"""What can be asked of the moderation API, and what it answers."""

from moderation.pages.reading_place import MAX_PINNED
from moderation.storage.search.bulk_decisions import MAX as MAX_BULK
from moderation.storage.search.campaigns import LOOKED_AT, SMALLEST
from service.moderation_api.request_fields import DEFAULT_LIMIT, MAX_LIMIT
from service.moderators.search.campaigns import MOST_DAYS
from service.openapi.elements import (
    Element,
    answer,
    parameter,
    problem,
    problems,
    request_body,
)
from service.openapi.moderation_schemas import SECTIONS

_TOKEN: dict[str, list[str]] = {"moderatorToken": []}
_SECURITY: list[dict[str, list[str]]] = [_TOKEN, {"siteKey": []}]
_ID = parameter("path", "comment_id", "the comment's id")
_LIMIT: Element = {
    "type": "integer",
    "minimum": 1,
    "maximum": MAX_LIMIT,
    "default": DEFAULT_LIMIT,
}
_NO_TOKEN = problem(401, "There is no such token or key, or the key may not read")
_NOT_FOUND = problem(404, "There is no such comment or site in the moderator's or key's scope")
_READ_PROBLEMS = _NO_TOKEN | _NOT_FOUND | problems(503)
_WRITE_PROBLEMS = (
    problems(400, 408, 411, 413, 415, 422, 503)
    | _NO_TOKEN
    | _NOT_FOUND
    | problem(403, "The moderator or the key looks and does not decide")
)
_PIN_PROBLEMS = _READ_PROBLEMS | problem(403, "The moderator or the key does not decide")
_DECIDED_ALREADY = problem(409, "Somebody decided it first: nothing was changed", "DecidedAlready")

_NOT_PINNABLE = problem(409, "It is not published, an answer, or one too many of its page")

_SECTION = (
    "one section only: what is in doubt, what is likely to be rejected, or what was published first"
    " and nobody has looked at"
)
_DAYS: Element = {"type": "integer", "minimum": 1, "maximum": MOST_DAYS, "default": 1}
_CAMPAIGNS_OF = (
    parameter("query", "days", "of how many last days", schema=_DAYS),
    parameter("query", "site", "one site only"),
)
_SECTIONS: Element = {"type": "string", "enum": SECTIONS}
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
    "/v1/moderation/comments/{comment_id}/seen": {
        "post": {
            "summary": "Leave a comment published that was published first, to be looked at later",
            "security": _SECURITY,
            "parameters": [_ID],
            "requestBody": request_body("Seen"),
            "responses": answer(200, "Reviewed", "As it is now")
            | _WRITE_PROBLEMS
            | _DECIDED_ALREADY,
        }
    },
    "/v1/moderation/comments/{comment_id}/pin": {
        "put": {
            "summary": "Pin a published comment that answers none: it stands first on its page",
            "description": f"At most {MAX_PINNED} of a page, the one pinned last before the others."
            " What is withdrawn is pinned no more.",
            "security": _SECURITY,
            "parameters": [_ID],
            "responses": answer(200, "Reviewed", "As it is now") | _PIN_PROBLEMS | _NOT_PINNABLE,
        },
        "delete": {
            "summary": "Unpin a comment",
            "security": _SECURITY,
            "parameters": [_ID],
            "responses": answer(200, "Reviewed", "As it is now") | _PIN_PROBLEMS,
        },
    },
    "/v1/moderation/comments/{comment_id}/notes": {
        "post": {
            "summary": "Leave a note on a comment, for other moderators",
            "security": [_TOKEN],
            "parameters": [_ID],
            "requestBody": request_body("NewNote"),
            "responses": answer(200, "Reviewed", "The comment") | _WRITE_PROBLEMS,
        }
    },
    "/v1/moderation/campaigns": {
        "get": {
            "summary": "Read the campaigns of the last days, the largest first",
            "description": f"Nearly the same text at least {SMALLEST} times, by several authors or"
            f" on several pages. Of very many comments the newest {LOOKED_AT:,} are looked at.",
            "security": _SECURITY,
            "parameters": [
                *_CAMPAIGNS_OF,
                parameter("query", "after", "the `next` of the answer before"),
                parameter("query", "limit", "how many at most", schema=_LIMIT),
            ],
            "responses": answer(200, "Campaigns", "Within the moderator's scope")
            | _READ_PROBLEMS
            | problems(422),
        }
    },
    "/v1/moderation/campaigns/{campaign_id}/decision": {
        "post": {
            "summary": "Decide the comments of a campaign together",
            "description": "With the `days` and `site` that it was read with. At most"
            f" {MAX_BULK:,} at once; a moderator can undo it at `/moderate/bulks`.",
            "security": [_TOKEN],
            "parameters": [parameter("path", "campaign_id", "the campaign's id"), *_CAMPAIGNS_OF],
            "requestBody": request_body("CampaignDecision"),
            "responses": answer(200, "DecidedCampaign", "It is decided") | _WRITE_PROBLEMS,
        }
    },
}
