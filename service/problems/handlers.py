"""Error handlers: whatever is raised is answered in the one shape of a problem."""

import structlog
from flask import Flask, Response, request
from prometheus_client import Counter
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from moderation.storage.database.engine import DatabaseUnavailable
from service.problems.problem_details import as_response
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


def _answer(error: Exception) -> Response:
    if isinstance(error, DatabaseUnavailable):
        DATABASE_FAULTS.labels(error.fault).inc()
        log.warning("database_away", cause=str(error), fault=error.fault)
    return as_response(problem_of(error))


def _answer_http(error: HTTPException) -> BaseResponse:
    if error.code is None or error.code < 400:
        return error.get_response()
    response = as_response(problem_of_http(error.code, error.name))
    if error.code == 405:
        response.headers["Allow"] = dict(error.get_headers())["Allow"]
    return response


def _answer_unhandled(error: Exception) -> Response:
    log.exception("request_failed", path=request.path, kind=type(error).__name__)
    return as_response(UNHANDLED)
