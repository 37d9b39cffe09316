"""The application: its parts, its blueprints, its answer to errors."""

from http import HTTPStatus

from flask import Flask, Response, abort, request
from flask.json.provider import DefaultJSONProvider

from moderation.clock import Clock, utc_now
from moderation.config.settings import Settings
from service.demo.article import demo, front
from service.gateway.environ import BODY_PROBLEM
from service.http.body import MAX_BODY
from service.http.client_address import unknown_proxy
from service.moderation_api.routes import moderation_api
from service.moderators.account.oidc import prepare_provider
from service.moderators.blueprint import moderate
from service.monitoring.health import health
from service.monitoring.metrics import count_answers, metrics
from service.openapi.document import openapi
from service.problems.handlers import register_error_handlers
from service.public.batch import batch
from service.public.cors import allow_origin, answer_preflight
from service.public.embed import embed
from service.public.own_page import own_page
from service.public.read import read
from service.public.reports import report
from service.public.submit import submit
from service.scoring.akismet.routes import akismet
from service.scoring.checks import checks
from service.scoring.coral_phase import coral
from service.scoring.openai_moderations import openai_moderations
from service.scoring.perspective.routes import perspective
from service.wiring.parts import build_parts, parts


class _Json(DefaultJSONProvider):
    ensure_ascii = False
    sort_keys = False


def create_app(settings: Settings, secret: bytes, clock: Clock = utc_now) -> Flask:
    """Build the WSGI application; opens no connection before the first request."""
    app = Flask(__name__)
    app.json = _Json(app)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    prepare_provider(app, settings, secret)
    app.extensions["parley"] = build_parts(settings, secret, clock)
    for blueprint in (
        submit,
        batch,
        report,
        read,
        own_page,
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
    count_answers(app)
    app.before_request(_notice_proxy)
    app.before_request(_refuse_without_body)
    app.before_request(_refuse_nul)
    app.before_request(answer_preflight)
    app.after_request(allow_origin)
    app.after_request(_harden)
    return app


def _refuse_without_body() -> None:
    """Raise what is wrong with the body, whether or not the handler would read it."""
    if (problem := request.environ.get(BODY_PROBLEM)) is not None:
        raise problem


def _notice_proxy() -> None:
    if (proxy := unknown_proxy(request, parts().settings.trusted_proxies)) is not None:
        parts().proxy_watch.notice(proxy)


def _refuse_nul() -> None:
    """404 for a NUL: no address of ours has one, and PostgreSQL cannot look for it."""
    values = [value for _, values in request.args.lists() for value in values]
    if any("\0" in value for value in (request.path, *values)):
        abort(HTTPStatus.NOT_FOUND)


def _harden(response: Response) -> Response:
    """Security headers of every answer, unless its handler set another value."""
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    return response
