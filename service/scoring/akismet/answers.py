"""Answers as Akismet's programs read them: a word, and headers that say more."""

from flask import Blueprint, Response
from werkzeug.exceptions import HTTPException

from service.problems.errors import RateLimitExceeded, WrongKey
from service.problems.problem_details import Problem, with_status
from service.problems.status_codes import HANDLED, problem_of, problem_of_http
from service.scoring.akismet.parameters import MissingParameter

THANKS = "Thanks for making the web a better place."
_USED_UP = "10009"  # by which programs know that a key is used more than it may be


def answer(body: str, **headers: str) -> Response:
    """A text, with headers as `pro_tip` for X-akismet-pro-tip."""
    response = Response(body, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    for name, value in headers.items():
        response.headers[f"X-akismet-{name.replace('_', '-')}"] = value
    return response


def answer_errors(blueprint: Blueprint) -> None:
    """Answer every error of the blueprint so that none is taken for a verdict."""
    for error in HANDLED:
        blueprint.register_error_handler(error, _held)
    for error in (MissingParameter, WrongKey):
        blueprint.register_error_handler(error, _invalid)
    blueprint.register_error_handler(RateLimitExceeded, _used_up)
    blueprint.register_error_handler(HTTPException, _of_http)


def _invalid(error: Exception) -> Response:
    return answer("invalid", debug_help=str(error))


def _held(error: Exception) -> Response:
    return _as_text(problem_of(error))


def _used_up(error: RateLimitExceeded) -> Response:
    response = _held(error)
    response.headers["X-akismet-alert-code"] = _USED_UP
    response.headers["X-akismet-alert-msg"] = str(error)
    return response


def _of_http(error: HTTPException) -> Response:
    return _as_text(problem_of_http(error.code or 500, error.name))


def _as_text(problem: Problem) -> Response:
    """Neither word of a verdict: programs hold the comment, and ask again later."""
    response = answer(problem.type, error=problem.type, debug_help=problem.detail)
    return with_status(response, problem)
