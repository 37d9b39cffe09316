"""The discovery document: Google's clients build their methods of it."""

from typing import Any

_STRING = {"type": "string"}
_FLAG = {"type": "boolean"}
_NUMBER = {"type": "number", "format": "double"}
_PLACE = {"type": "integer", "format": "int32"}
_QUERY = ("key", "alt", "fields", "prettyPrint", "quotaUser")


def description(root: str) -> dict[str, Any]:
    """The document of a server whose address, with a slash at its end, is `root`."""
    return {
        "kind": "discovery#restDescription",
        "discoveryVersion": "v1",
        "id": "commentanalyzer:v1alpha1",
        "name": "commentanalyzer",
        "version": "v1alpha1",
        "revision": "20261129",
        "title": "Comment scores by Parley",
        "protocol": "rest",
        "rootUrl": root,
        "baseUrl": root,
        "servicePath": "",
        "basePath": "",
        "batchPath": "batch",
        "parameters": {name: {**_STRING, "location": "query"} for name in _QUERY},
        "schemas": {name: _object(name, fields) for name, fields in _SCHEMAS.items()},
        "resources": {
            "comments": {
                "methods": {
                    "analyze": _method("analyze", "AnalyzeComment"),
                    "suggestscore": _method("suggestscore", "SuggestCommentScore"),
                }
            }
        },
    }


def _method(name: str, schema: str) -> dict[str, Any]:
    path = f"v1alpha1/comments:{name}"
    return {
        "id": f"commentanalyzer.comments.{name}",
        "path": path,
        "flatPath": path,
        "httpMethod": "POST",
        "parameters": {},
        "parameterOrder": [],
        "request": {"$ref": f"{schema}Request"},
        "response": {"$ref": f"{schema}Response"},
    }


def _object(name: str, fields: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "type": "object", "properties": fields}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _map(name: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": {"$ref": name}}


_REQUEST: dict[str, Any] = {
    "comment": {"$ref": "TextEntry"},
    "context": {"$ref": "Context"},
    "languages": _list(_STRING),
    "clientToken": _STRING,
    "sessionId": _STRING,
    "communityId": _STRING,
}
_SCHEMAS: dict[str, dict[str, Any]] = {
    "AnalyzeCommentRequest": {
        **_REQUEST,
        "requestedAttributes": _map("AttributeParameters"),
        "spanAnnotations": _FLAG,
        "doNotStore": _FLAG,
    },
    "AnalyzeCommentResponse": {
        "attributeScores": _map("AttributeScores"),
        "languages": _list(_STRING),
        "detectedLanguages": _list(_STRING),
        "clientToken": _STRING,
    },
    "SuggestCommentScoreRequest": {**_REQUEST, "attributeScores": _map("AttributeScores")},
    "SuggestCommentScoreResponse": {
        "detectedLanguages": _list(_STRING),
        "requestedLanguages": _list(_STRING),
        "clientToken": _STRING,
    },
    "TextEntry": {"text": _STRING, "type": _STRING},
    "Context": {
        "entries": _list({"$ref": "TextEntry"}),
        "articleAndParentComment": {"$ref": "ArticleAndParentComment"},
    },
    "ArticleAndParentComment": {
        "article": {"$ref": "TextEntry"},
        "parentComment": {"$ref": "TextEntry"},
    },
    "AttributeParameters": {"scoreType": _STRING, "scoreThreshold": _NUMBER},
    "AttributeScores": {
        "summaryScore": {"$ref": "Score"},
        "spanScores": _list({"$ref": "SpanScore"}),
    },
    "SpanScore": {"begin": _PLACE, "end": _PLACE, "score": {"$ref": "Score"}},
    "Score": {"value": _NUMBER, "type": _STRING},
}
