"""The application: its parts, its blueprints, its answer to errors."""

from http import HTTPStatus

from flask import Flask, Request, Response, abort
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue

from moderation.clock import Clock, utc_now
from moderation.config.settings import Settings
from service.demo.article import demo, front
from service.gateway.environ import BODY_PROBLEM
from service.http.application import Application
from service.http.body import MAX_BODY
from service.http.client_address import unknown_proxy
from service.moderation_api.routes import moderation_api
from service.moderators.account.oidc import prepare_provider
from service.moderators.blueprint import moderate
from service.monitoring.health import health
from service.monitoring.metrics import begin, count_answer, metrics
from service.openapi.document import openapi
from service.own_comments.again import again
from service.own_comments.mail_wishes import mail_wishes
from service.own_comments.one_comment import one_comment
from service.own_comments.own_appeal import appealing
from service.own_comments.own_export import own_export
from service.own_comments.own_page import own_page
from service.own_comments.own_text import editing
from service.problems.handlers import register_error_handlers
from service.public.batch import batch
from service.public.cors import allow_origin, answer_preflight
from service.public.documents.routes import documents
from service.public.embed import embed
from service.public.read import read
from service.public.reports import report
from service.public.submit import submit
from service.public.thread_lists import threads
from service.reader_mail.links import mail_links
from service.safeguards.routes import safeguards
from service.scoring.akismet.routes import akismet
from service.scoring.checks import checks
from service.scoring.coral_phase import coral
from service.scoring.openai_moderations import openai_moderations
from service.scoring.perspective.routes import perspective
from service.scoring.protocol_addresses import TAKE_ANY_TEXT, answer_as_asked
from service.wiring.parts import build_parts, parts

# Of every answer that has no other: a page of ours may load our styles and send its forms to us.
_POLICY = (
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
_SECURITY = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("X-Frame-Options", "DENY"),
    ("Content-Security-Policy", _POLICY),
)


def create_app(settings: Settings, secret: bytes, clock: Clock = utc_now) -> Flask:
    """Build the WSGI application; opens no connection before the first request."""
    app = Application(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    prepare_provider(app, settings, secret)
    app.extensions["parley"] = build_parts(settings, secret, clock)
    for blueprint in (
        submit,
        batch,
        report,
        read,
        threads,
        safeguards,
        own_page,
        one_comment,
        editing,
        appealing,
        again,
        own_export,
        mail_links,
        mail_wishes,
        documents,
        embed,
        health,
        metrics,
        openapi,
        demo,
        moderate,
        moderation_api,
        checks,
        openai_moderations,
        perspective,
        akismet,
        coral,
    ):
        app.register_blueprint(blueprint)
    app.add_url_rule("/", view_func=front)
    register_error_handlers(app)
    app.before_request(_before)
    app.after_request(_after)
    return app


def _before() -> ResponseReturnValue | None:
    """Refuse or answer what is for no handler; all in one function, with the request itself.

    Flask's names for "this request" look for it at each use.
    """
    asked, mine = request_ctx.request, parts()
    begin()
    answer_as_asked()
    if (proxy := unknown_proxy(asked, mine.settings.trusted_proxies)) is not None:
        mine.proxy_watch.notice(proxy)
    # Whether or not the handler would read the body.
    if (problem := asked.environ.get(BODY_PROBLEM)) is not None:
        raise problem
    _refuse_nul(asked)
    return answer_preflight(asked)


def _after(response: Response) -> Response:
    asked = request_ctx.request
    _harden(response)
    allow_origin(asked, response)
    count_answer(asked, response)
    return response


def _refuse_nul(asked: Request) -> None:
    """404 for a NUL: no address of ours has one, and PostgreSQL cannot look for it."""
    if asked.blueprint in TAKE_ANY_TEXT:
        return
    query = asked.query_string
    may_have = b"%00" in query or b"\0" in query
    values = [value for _, values in asked.args.lists() for value in values] if may_have else []
    if any("\0" in value for value in (asked.path, *values)):
        abort(HTTPStatus.NOT_FOUND)


def _harden(response: Response) -> None:
    """Add the security headers of every answer, unless its handler set another value."""
    present = {name.lower() for name, _ in response.headers}
    for name, value in _SECURITY:
        if name.lower() not in present:
            response.headers.add(name, value)
