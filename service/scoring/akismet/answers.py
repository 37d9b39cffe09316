"""Answers as Akismet's programs read them: a word, and headers that say more."""

from flask import Blueprint, Response

from service.problems.errors import RateLimitExceeded, WrongKey
from service.problems.handlers import problem_to_answer
from service.problems.problem_details import with_status
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
    blueprint.register_error_handler(Exception, _held)
    for error in (MissingParameter, WrongKey):
        blueprint.register_error_handler(error, _invalid)
    blueprint.register_error_handler(RateLimitExceeded, _used_up)


def _invalid(error: Exception) -> Response:
    return answer("invalid", debug_help=str(error))


def _held(error: Exception) -> Response:
    """Neither word of a verdict: programs hold the comment, and ask again later."""
    problem = problem_to_answer(error)
    response = answer(problem.type, error=problem.type, debug_help=problem.detail)
    return with_status(response, problem)


def _used_up(error: RateLimitExceeded) -> Response:
    response = _held(error)
    response.headers["X-akismet-alert-code"] = _USED_UP
    response.headers["X-akismet-alert-msg"] = str(error)
    return response
