"""Error handlers: whatever is raised is answered in the one shape of a problem."""

import structlog
from flask import Flask, Response, request
from prometheus_client import Counter
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from moderation.storage.database.engine import DatabaseUnavailable
from service.problems.problem_details import Problem, as_response
from service.problems.reader_sentences import for_reader
from service.problems.status_codes import HANDLED, UNHANDLED, problem_of, problem_of_http

DATABASE_FAULTS = Counter(
    "parley_database_faults", "Requests that the database failed", ["cause"], registry=None
)

log = structlog.get_logger()


def register_error_handlers(app: Flask) -> None:
    """Answer every error of the app as a problem."""
    for error in HANDLED:
        app.register_error_handler(error, _answer)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unhandled)


def problem_to_answer(error: Exception) -> Problem:
    """The problem of any error, noted in the log; for answers of another shape."""
    if isinstance(error, HANDLED):
        return _noted(error)
    if isinstance(error, HTTPException) and error.code is not None:
        return problem_of_http(error.code, error.name)
    log.exception("request_failed", route=str(request.url_rule), kind=type(error).__name__)
    return UNHANDLED


def _answer(error: Exception) -> Response:
    return as_response(for_reader(_noted(error), request))


def _noted(error: Exception) -> Problem:
    if isinstance(error, DatabaseUnavailable):
        DATABASE_FAULTS.labels(error.fault).inc()
        log.warning("database_away", cause=str(error), fault=error.fault)
    return problem_of(error)


def _answer_http(error: HTTPException) -> BaseResponse:
    if error.code is None or error.code < 400:
        return error.get_response()
    return as_response(problem_of_http(error.code, error.name))


def _answer_unhandled(error: Exception) -> Response:
    return as_response(for_reader(problem_to_answer(error), request))
