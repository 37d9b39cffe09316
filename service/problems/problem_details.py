"""The one shape that says what went wrong."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Response, render_template, request
from werkzeug.exceptions import MethodNotAllowed

from moderation.comments import Comment, Mistake
from service.languages.accepted import accepted_language

# The rest of such a request's body is never read: no other request can follow on the connection.
_ENDS = (".", "?", "!", "\u3002", "\u0964")  # of a sentence, in any of the readers' languages
_BODY_UNREAD = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, as RFC 9457 has it; `type` is stable, `detail` is for a person."""

    status: HTTPStatus
    type: str
    detail: str
    field: str | None = None
    retry_after: int | None = None
    comment: Comment | None = None  # what it is now, of one that was decided already
    mistake: Mistake | None = None  # what a reader can mend
    cause: str | None = None  # for those who run the website, where the detail is for its reader

    @property
    def sentence(self) -> str:
        """The detail as a whole sentence, for a page."""
        text = self.detail[0].upper() + self.detail[1:]
        return text if text.endswith(_ENDS) else f"{text}."

    def as_json(self) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "type": f"urn:parley:{self.type}",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
        }
        if self.comment is not None:
            now = self.comment
            fields["comment"] = {"id": now.id, "status": now.status, "version": now.version}
        return fields if self.field is None else {**fields, "field": self.field}


def as_response(problem: Problem) -> Response:
    """JSON for a script, a small page for a person with a browser and no script."""
    if wants_page():
        language = accepted_language(request)
        page = render_template(_template(), problem=problem, language=language)
        response = Response(page, problem.status, content_type="text/html; charset=utf-8")
    else:
        body = json.dumps(problem.as_json(), ensure_ascii=False)
        response = Response(body, problem.status, content_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    if problem.status is HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return with_status(response, problem)


def with_status(response: Response, problem: Problem) -> Response:
    """Set what every answer to an error has, whatever the shape of its body."""
    response.status_code = problem.status.value
    if isinstance(request.routing_exception, MethodNotAllowed):
        methods = request.routing_exception.valid_methods or ()
        response.headers["Allow"] = ", ".join(sorted(methods))
    if problem.status in _BODY_UNREAD:
        response.headers["Connection"] = "close"
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _template() -> str:
    return "moderators/problem.html" if "moderate" in request.blueprints else "problem.html"


def wants_page() -> bool:
    return request.accept_mimetypes.best_match(("application/json", "text/html")) == "text/html"
