"""The OpenAPI description of what programs ask that were written for the Perspective API."""

from service.http.body import JSON
from service.openapi.elements import (
    Element,
    answer,
    answer_object,
    parameter,
    ref,
    request_object,
    string,
)
from service.scoring.perspective.refusals import ErrorType

_ERRORS = {
    400: "What is sent is wrong, or the key is no site's: `details` say which",
    403: "There is no key",
    408: "The body did not come in time: the connection is closed",
    411: "There is no Content-Length",
    429: "The key asked too much: Retry-After says for how many seconds",
    503: "The database or the model is away",
}
_ANYWHERE = " Also without `v1alpha1`, and under any prefix."
_QUERY = [
    parameter("query", "key", "a key of the site; or send X-Goog-Api-Key, or a Bearer token"),
    *(
        parameter("query", name, "ignored, as Google's clients send it")
        for name in ("alt", "fields", "prettyPrint", "quotaUser")
    ),
]
_PROBABILITY: Element = {"type": "number", "minimum": 0, "maximum": 1}
_STRINGS: Element = {"type": "array", "items": {"type": "string"}}
_PLACE: Element = {"type": "integer", "minimum": 0}
_SCORE = answer_object({"value": _PROBABILITY, "type": {"type": "string", "enum": ["PROBABILITY"]}})
_SPAN = answer_object({"begin": _PLACE, "end": _PLACE, "score": _SCORE})
_SCORES = answer_object(
    {"summaryScore": _SCORE, "spanScores": {"type": "array", "items": _SPAN}},
    optional=("spanScores",),
)
_COMMENT = request_object(
    {"text": string("plain text of at most 20,480 bytes"), "type": string("PLAIN_TEXT")},
    optional=("type",),
)
_BY_NAME: Element = {"type": "object", "additionalProperties": {"description": "in Google's form"}}
_OBJECTS: Element = {"type": "object", "additionalProperties": _BY_NAME}
_DISCOVERED = (
    *("kind", "discoveryVersion", "id", "name", "version", "revision", "title", "protocol"),
    *("rootUrl", "baseUrl", "servicePath", "basePath", "batchPath"),
)
_ERROR_TYPE: Element = {"type": "string", "enum": list(ErrorType)}
_LANGUAGE_ERROR = answer_object(
    {
        "attribute": string("that has no score in these languages"),
        "detectedLanguages": _STRINGS,
        "requestedLanguages": _STRINGS,
    },
    optional=("requestedLanguages",),
)
_DETAIL = answer_object(
    {
        "@type": string("as Google names it"),
        "errorType": _ERROR_TYPE,
        "languageNotSupportedByAttributeError": _LANGUAGE_ERROR,
        "reason": string("API_KEY_INVALID"),
        "domain": string("as Google names it"),
        "metadata": {"type": "object", "additionalProperties": {"type": "string"}},
    },
    optional=(
        "errorType",
        "languageNotSupportedByAttributeError",
        "reason",
        "domain",
        "metadata",
    ),
)
_FROM_SENDER: Element = {
    "clientToken": string("comes back with the answer"),
    "sessionId": string("means nothing"),
    "communityId": string("means nothing"),
    "context": {"type": "object", "description": "read by no model"},
    "languages": {**_STRINGS, "description": "that the text is in: believed"},
}


def _asking(own: Element) -> Element:
    """A request, whose fields may also be written with underscores."""
    fields = {"comment": _COMMENT, **own, **_FROM_SENDER}
    return request_object(fields, optional=tuple(name for name in fields if name != "comment"))


def _operation(summary: str, name: str, status: str) -> Element:
    content = {"schema": ref(f"{name}Request")}
    responses = answer(200, f"{name}Response", status)
    for code, description in _ERRORS.items():
        responses |= answer(code, "GoogleError", description)
    return {
        "summary": summary,
        "description": "In the Perspective API's words; nothing is logged." + _ANYWHERE,
        "security": [{"googleKey": []}, {"siteKey": []}],
        "parameters": _QUERY,
        "requestBody": {"required": True, "content": {JSON: content}},
        "responses": responses,
    }


SCHEMAS: dict[str, Element] = {
    "AnalyzeCommentRequest": _asking(
        {
            "requestedAttributes": {
                "type": "object",
                "description": "by name, as TOXICITY: each with scoreType and scoreThreshold",
            },
            "spanAnnotations": {"type": "boolean", "description": "whether words are scored"},
            "doNotStore": {"type": "boolean", "description": "nothing is stored in any case"},
        }
    ),
    "AnalyzeCommentResponse": answer_object(
        {
            "attributeScores": {"type": "object", "additionalProperties": _SCORES},
            "languages": _STRINGS,
            "detectedLanguages": _STRINGS,
            "clientToken": string("as it was sent"),
        },
        optional=("clientToken",),
    ),
    "SuggestCommentScoreRequest": _asking(
        {"attributeScores": {"type": "object", "description": "what the text is, by attribute"}}
    ),
    "SuggestCommentScoreResponse": answer_object(
        {
            "detectedLanguages": _STRINGS,
            "requestedLanguages": _STRINGS,
            "clientToken": string("as it was sent"),
        },
        optional=("clientToken",),
    ),
    "GoogleError": answer_object(
        {
            "error": answer_object(
                {
                    "code": {"type": "integer"},
                    "message": string("what is wrong"),
                    "status": string("as INVALID_ARGUMENT"),
                    "details": {"type": "array", "items": _DETAIL},
                },
                optional=("details",),
            )
        }
    ),
    "DiscoveryDocument": answer_object(
        {
            **dict.fromkeys(_DISCOVERED, string("in Google's form of an API's description")),
            **dict.fromkeys(("parameters", "schemas", "resources"), _OBJECTS),
        }
    ),
}

PATHS: dict[str, Element] = {
    "/v1alpha1/comments:analyze": {
        "post": _operation("Score a text", "AnalyzeComment", "Scores by attribute")
    },
    "/v1alpha1/comments:suggestscore": {
        "post": _operation(
            "Say what a text is", "SuggestCommentScore", "It is a label of the site now"
        )
    },
    "/$discovery/rest": {
        "get": {
            "summary": "Read the description that Google's clients build their methods of",
            "description": "It leads to this server." + _ANYWHERE,
            "parameters": [
                parameter("query", "version", "v1alpha1"),
                parameter("query", "key", "ignored"),
            ],
            "responses": answer(200, "DiscoveryDocument", "The description"),
        }
    },
}
