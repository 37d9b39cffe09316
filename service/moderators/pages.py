"""The moderators' rooms, and what all their answers have in common."""

from typing import Any

from flask import Blueprint, Response, g, request

from moderation.policy import ATTRIBUTES
from moderation.sites import origin_of
from service.moderators.account import account
from service.moderators.arrivals import arrivals
from service.moderators.article import article
from service.moderators.aside import aside
from service.moderators.author import author
from service.moderators.bulk import bulk
from service.moderators.chart import chart
from service.moderators.decided import decided
from service.moderators.digest import digest_stop, own_digest
from service.moderators.domains import domains
from service.moderators.feed import feed, own_feed
from service.moderators.numbers import numbers
from service.moderators.one import one
from service.moderators.people import people
from service.moderators.provider import has_provider, way_to_provider
from service.moderators.queue import queue
from service.moderators.reports import reports
from service.moderators.sample import sample
from service.moderators.search import search
from service.moderators.second_factor import second_factor
from service.moderators.session import form_token, keeps_cookies, refuse_other_origins
from service.moderators.sign_in import sign_in
from service.moderators.tokens import tokens
from service.moderators.visible import visible, visible_text
from service.moderators.webhooks import webhooks
from service.moderators.words import (
    KINDS,
    ORDERS,
    REJECT_REASONS,
    age,
    attribute_name,
    browser_name,
    duration,
    in_words,
    many,
    percent,
    status_name,
    time_left,
)
from service.parts import parts
from service.times import rfc3339

moderate = Blueprint(
    "moderate",
    __name__,
    url_prefix="/moderate",
    template_folder="templates",
    static_folder="static",
)
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
moderate.before_request(refuse_other_origins)
_ROOMS = (
    sign_in,
    queue,
    one,
    aside,
    arrivals,
    decided,
    author,
    search,
    article,
    bulk,
    chart,
    reports,
    sample,
    account,
    second_factor,
    people,
    numbers,
    tokens,
    webhooks,
    feed,
    own_feed,
    own_digest,
    digest_stop,
)
for room in _ROOMS:
    moderate.register_blueprint(room)


@moderate.after_request
def _protect(response: Response) -> Response:
    """Whatever a comment holds can run nothing here, and no cache keeps it."""
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint != "moderate.static":
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.add("Cookie")
    return response


@moderate.context_processor
def _for_templates() -> dict[str, Any]:
    return {
        "moderator": g.get("moderator"),
        "form_token": form_token,
        "keeps_cookies": keeps_cookies,
        "visible": visible,
        "visible_text": visible_text,
        "attributes": ATTRIBUTES,
        "pieces_of": parts().reasons.of,
        "in_words": in_words,
        "attribute_name": attribute_name,
        "status_name": status_name,
        "age": age,
        "browser_name": browser_name,
        "duration": duration,
        "percent": percent,
        "has_provider": has_provider,
        "way_to_provider": way_to_provider,
        "time_left": time_left,
        "many": many,
        "domains": domains,
        "reject_words": REJECT_REASONS,
        "order_words": ORDERS,
        "kind_words": KINDS,
        "rfc3339": rfc3339,
        "is_address": origin_of,
    }
