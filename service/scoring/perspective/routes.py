"""Perspective's addresses, with and without its version, under any prefix."""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from moderation.sites import Site
from service.http.body import json_fields
from service.problems.errors import KeyMissing, KeyRefused, WrongKey
from service.problems.handlers import problem_to_answer
from service.problems.problem_details import with_status
from service.scoring.perspective.analysis import Analysis
from service.scoring.perspective.analysis import answer as analysed
from service.scoring.perspective.discovery import description
from service.scoring.perspective.refusals import (
    ErrorType,
    InvalidAnalysis,
)
from service.scoring.perspective.suggestion import Suggestion
from service.scoring.perspective.suggestion import answer as taken
from service.scoring.score_keys import site_of_key
from service.wiring.parts import parts

perspective = Blueprint("perspective", __name__)
_STATES = {
    400: "INVALID_ARGUMENT",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
_BAD_KEY = {
    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
    "reason": "API_KEY_INVALID",
    "domain": "googleapis.com",
    "metadata": {"service": "commentanalyzer.googleapis.com"},
}


@perspective.post("/comments:analyze")
@perspective.post("/<path:prefix>/comments:analyze")
def analyze(prefix: str = "") -> ResponseReturnValue:
    site = _site()
    return _json(analysed(Analysis.parse(json_fields(request)), site))


@perspective.post("/comments:suggestscore")
@perspective.post("/<path:prefix>/comments:suggestscore")
def suggest_score(prefix: str = "") -> ResponseReturnValue:
    site = _site()
    suggestion = Suggestion.parse(json_fields(request))
    parts().labels.add(site, suggestion.labels)
    return _json(taken(suggestion, site))


@perspective.get("/$discovery/rest")
@perspective.get("/<path:prefix>/$discovery/rest")
def discovery(prefix: str = "") -> ResponseReturnValue:
    return _json(description("/".join((parts().settings.public_url, prefix)).rstrip("/") + "/"))


@perspective.errorhandler(Exception)
def refused(error: Exception) -> ResponseReturnValue:
    """Any error, as Google writes one."""
    if isinstance(error, RequestEntityTooLarge):
        error = InvalidAnalysis("Comment text too long.", ErrorType.COMMENT_TOO_LONG)
    elif isinstance(error, HTTPException) and (error.code or 0) < 400:
        return error.get_response()
    problem = problem_to_answer(error)
    body = {
        "code": problem.status.value,
        "message": problem.detail,
        "status": _STATES.get(problem.status.value, "INVALID_ARGUMENT"),
    }
    details = [_BAD_KEY] if isinstance(error, KeyRefused) else getattr(error, "details", None)
    response = _json({"error": body if details is None else {**body, "details": details}})
    return with_status(response, problem)


def _site() -> Site:
    """The site of the key, which is in the address or a header; raises KeyMissing, KeyRefused."""
    bearer = request.headers.get("Authorization", "").partition(" ")[2].strip()
    key = request.args.get("key") or request.headers.get("X-Goog-Api-Key") or bearer
    if not key:
        sentence = "The request is missing a valid API key."
        raise KeyMissing(sentence)
    try:
        return site_of_key(key)
    except WrongKey as error:
        sentence = "API key not valid. Please pass a valid API key."
        raise KeyRefused(sentence) from error


def _json(value: object) -> Response:
    response = jsonify(value)
    response.headers["Cache-Control"] = "no-store"
    return response
