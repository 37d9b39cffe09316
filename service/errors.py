"""The one place that chooses status codes: what went wrong, and the one shape that says so."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from moderation.comments import (
    Comment,
    CommentNotFound,
    IdempotencyConflict,
    InvalidComment,
    LostRace,
)
from moderation.digests import DigestNotFound
from moderation.feeds import FeedNotFound
from moderation.filters import InvalidFilter
from moderation.mail import InvalidAddress
from moderation.moderators import (
    CodeNeeded,
    InvalidModerator,
    LastAdmin,
    LinkSpent,
    ModeratorExists,
    ModeratorNotFound,
    NotAllowed,
    NotInvited,
    NotVouched,
    SignedOut,
    WrongCode,
    WrongPassword,
    WrongToken,
)
from moderation.passwords import InvalidPassword
from moderation.reachable import NotReachable
from moderation.review import HoldLost, InvalidNote
from moderation.sanctions import InvalidSanction, SanctionNotFound
from moderation.sites import SiteNotFound
from moderation.storage.bulk_rows import BulkNotFound
from moderation.storage.engine import DatabaseAway
from moderation.storage.samples import ReviewedAlready
from moderation.storage.threads import PageNotFound
from moderation.webhooks import InvalidWebhook, WebhookNotFound
from service.limits import TooMany

RETRY_SECONDS = 5

log = structlog.get_logger()


class MalformedBody(ValueError):
    """The body is not what its content type says."""


class LengthMissing(ValueError):
    """The request has a body without a Content-Length."""


class WrongContentType(ValueError):
    """The body is neither JSON nor a form."""


class WrongOrigin(PermissionError):
    """The request's Origin is not one of the site's, and no key was given."""


class WrongKey(PermissionError):
    """The key given is not the site's."""


class ForeignForm(PermissionError):
    """A moderator's form that this moderator's own page did not make."""


class ProviderAway(ConnectionError):
    """The provider that vouches for moderators does not answer, or not as one does."""


class NotProven(PermissionError):
    """What only its holder may change, asked for without the right password."""


class InvalidQuery(ValueError):
    """A query parameter is missing or wrong."""

    def __init__(self, sentence: str, *, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, as RFC 9457 has it; `type` is stable, `detail` is for a person."""

    status: HTTPStatus
    type: str
    detail: str
    field: str | None = None
    retry_after: int | None = None
    comment: Comment | None = None  # what it is now, of one that was decided already

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


# What code raises, and what it is called over HTTP. No text of ours echoes what was sent.
_SAID_BY_ITSELF: dict[type[Exception], tuple[HTTPStatus, str]] = {
    InvalidComment: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-field"),
    InvalidFilter: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-field"),
    InvalidQuery: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-field"),
    IdempotencyConflict: (HTTPStatus.CONFLICT, "idempotency-conflict"),
    LostRace: (HTTPStatus.CONFLICT, "decided-already"),
    HoldLost: (HTTPStatus.CONFLICT, "hold-lost"),
    InvalidNote: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-field"),
    InvalidSanction: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-field"),
    ReviewedAlready: (HTTPStatus.CONFLICT, "decided-already"),
    InvalidPassword: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-password"),
    InvalidModerator: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-moderator"),
    InvalidAddress: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-address"),
    InvalidWebhook: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-webhook"),
    NotReachable: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-webhook"),
    ModeratorExists: (HTTPStatus.CONFLICT, "moderator-exists"),
    LastAdmin: (HTTPStatus.CONFLICT, "last-admin"),
    NotAllowed: (HTTPStatus.FORBIDDEN, "not-allowed"),
    ForeignForm: (HTTPStatus.FORBIDDEN, "foreign-form"),
    LengthMissing: (HTTPStatus.LENGTH_REQUIRED, "length-missing"),
    MalformedBody: (HTTPStatus.BAD_REQUEST, "malformed-body"),
    WrongContentType: (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wrong-content-type"),
    TooMany: (HTTPStatus.TOO_MANY_REQUESTS, "too-many"),
    WrongOrigin: (HTTPStatus.FORBIDDEN, "wrong-origin"),
    WrongKey: (HTTPStatus.UNAUTHORIZED, "wrong-key"),
}
_MORE = ("field", "retry_after", "comment")
_SAID_HERE: dict[type[Exception], Problem] = {
    SiteNotFound: Problem(
        HTTPStatus.NOT_FOUND, "unknown-site", "no site has this name: `parley site list` shows them"
    ),
    CommentNotFound: Problem(
        HTTPStatus.NOT_FOUND, "unknown-comment", "there is no comment with this id to be seen here"
    ),
    BulkNotFound: Problem(HTTPStatus.NOT_FOUND, "unknown-bulk", "there is no bulk with this id"),
    PageNotFound: Problem(
        HTTPStatus.NOT_FOUND, "unknown-page", "there is no page with this number"
    ),
    SanctionNotFound: Problem(
        HTTPStatus.NOT_FOUND,
        "unknown-sanction",
        "no such sanction is in force: it has ended, was lifted, or there is no address to go by",
    ),
    SignedOut: Problem(
        HTTPStatus.FORBIDDEN, "signed-out", "you are signed out; nothing was changed"
    ),
    LinkSpent: Problem(
        HTTPStatus.GONE,
        "link-spent",
        "this link was used already or is older than a day: `parley moderator reset` with your"
        " name, on the server, makes a new one",
    ),
    WrongPassword: Problem(
        HTTPStatus.FORBIDDEN,
        "wrong-password",
        "this name and this password do not belong together",
    ),
    WrongToken: Problem(
        HTTPStatus.UNAUTHORIZED,
        "wrong-token",
        "send Authorization: Bearer and a token that you made at /moderate/account",
    ),
    NotInvited: Problem(
        HTTPStatus.FORBIDDEN,
        "not-invited",
        "nobody here is known by a verified e-mail address of yours: ask an admin to add it",
    ),
    NotVouched: Problem(
        HTTPStatus.FORBIDDEN,
        "not-vouched",
        "your provider did not sign you in, or the sign-in took too long: please try again",
    ),
    ProviderAway: Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "provider-away",
        "your provider does not answer: try again in a few seconds, or sign in by password",
        retry_after=RETRY_SECONDS,
    ),
    NotProven: Problem(
        HTTPStatus.FORBIDDEN, "not-proven", "this is not your password; nothing was changed"
    ),
    CodeNeeded: Problem(HTTPStatus.FORBIDDEN, "code-needed", "your second factor is still missing"),
    WrongCode: Problem(
        HTTPStatus.FORBIDDEN,
        "wrong-code",
        "this code is wrong, too old, or was used already: wait for the next one",
    ),
    ModeratorNotFound: Problem(
        HTTPStatus.NOT_FOUND, "unknown-moderator", "there is nobody here by this name"
    ),
    DigestNotFound: Problem(
        HTTPStatus.NOT_FOUND, "unknown-digest", "this is no address that stops a mail: was it cut?"
    ),
    FeedNotFound: Problem(
        HTTPStatus.NOT_FOUND,
        "unknown-feed",
        "there is no feed here: it was revoked, or never was one",
    ),
    WebhookNotFound: Problem(
        HTTPStatus.NOT_FOUND, "unknown-webhook", "there is no such webhook, or no such delivery"
    ),
    DatabaseAway: Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "database-away",
        "the database does not answer; nothing was stored, please send it again in a few seconds",
        retry_after=RETRY_SECONDS,
    ),
}
_OF_WERKZEUG: dict[int, tuple[str, str]] = {
    400: ("malformed-request", "the request is malformed"),
    404: ("not-found", "there is nothing at this address"),
    405: ("wrong-method", "this address does not take this method"),
    413: ("too-large", "the body is larger than the 65,536 bytes allowed"),
}


def answer_errors(app: Flask) -> None:
    """Let the app answer every error in its one shape."""
    for error in (*_SAID_BY_ITSELF, *_SAID_HERE):
        app.register_error_handler(error, _answer)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unforeseen)


def problem_of(error: Exception) -> Problem:
    """The problem an exception of ours means."""
    for kind, problem in _SAID_HERE.items():
        if isinstance(error, kind):
            return problem
    for kind, (status, name) in _SAID_BY_ITSELF.items():
        if isinstance(error, kind):
            more = {each: getattr(error, each, None) for each in _MORE}
            return Problem(status, name, str(error), **more)
    raise error


def _answer(error: Exception) -> Response:
    if isinstance(error, DatabaseAway):
        log.warning("database_away", cause=str(error))
    return as_response(problem_of(error))


def _answer_http(error: HTTPException) -> BaseResponse:
    if error.code is None or error.code < 400:
        return error.get_response()
    name, detail = _OF_WERKZEUG.get(error.code, ("http", error.name.lower()))
    response = as_response(Problem(HTTPStatus(error.code), name, detail))
    if error.code == 405:
        response.headers["Allow"] = dict(error.get_headers())["Allow"]
    return response


def _answer_unforeseen(error: Exception) -> Response:
    log.exception("request_failed", path=request.path, kind=type(error).__name__)
    detail = "something went wrong here, it is not your fault and was noted"
    return as_response(Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "unforeseen", detail))


def as_response(problem: Problem) -> Response:
    """JSON for a script, a small page for a person with a browser and no script."""
    if _wants_page():
        page = render_template(_template(), problem=problem)
        response = Response(page, problem.status, content_type="text/html; charset=utf-8")
    else:
        body = json.dumps(problem.as_json(), ensure_ascii=False)
        response = Response(body, problem.status, content_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    if problem.status is HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _template() -> str:
    return "moderators/problem.html" if "moderate" in request.blueprints else "problem.html"


def _wants_page() -> bool:
    return request.accept_mimetypes.best_match(("application/json", "text/html")) == "text/html"
