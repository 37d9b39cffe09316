"""The OpenAPI description of Coral's external moderation phase."""

from service.http.body import JSON
from service.openapi.elements import (
    Element,
    answer,
    answer_object,
    parameter,
    problem,
    problems,
    ref,
    request_object,
    string,
)
from service.scoring.coral_phase import SIGNATURE

_FLAG = answer_object(
    {
        "actionType": {"type": "string", "enum": ["FLAG"]},
        "reason": {"type": "string", "enum": ["COMMENT_DETECTED_TOXIC", "COMMENT_DETECTED_SPAM"]},
    }
)

SCHEMAS: dict[str, Element] = {
    "CoralQuestion": request_object(
        {"comment": request_object({"body": string("the comment, as HTML or plain text")})}
    ),
    "CoralOpinion": answer_object(
        {
            "status": {"type": "string", "enum": ["REJECTED", "SYSTEM_WITHHELD", "PREMOD"]},
            "actions": {"type": "array", "items": _FLAG, "minItems": 1},
        },
        optional=("status", "actions"),
    ),
}

PATHS: dict[str, Element] = {
    "/coral/{site_name}": {
        "post": {
            "summary": "Ask as Coral's external moderation phase",
            "description": "An empty object leaves the comment to the phases that follow. Nothing"
            " is stored or logged.",
            "security": [{"coralSignature": []}],
            "parameters": [
                parameter("path", "site_name", "the site's name"),
                parameter("header", SIGNATURE, "by which its Coral signed the body"),
            ],
            "requestBody": {
                "required": True,
                "content": {JSON: {"schema": ref("CoralQuestion")}},
            },
            "responses": answer(200, "CoralOpinion", "What becomes of the comment")
            | problems(400, 408, 413, 429, 503)
            | problem(403, "No secret of the site signed these bytes")
            | problem(404, "No site has this name"),
        }
    }
}
