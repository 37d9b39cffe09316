"""The blueprint of the moderators' pages, and what all their answers have in common."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Blueprint, Response, g, request

from moderation.comments import Comment
from moderation.notifications.wording import counted
from moderation.own_comments.edits import EarlierText
from moderation.pages.origins import origin_of
from moderation.policy import ATTRIBUTES
from moderation.review.reason_sentences import WITHOUT_SCORES, in_percent
from service.http.body import check_form
from service.http.formats import rfc3339
from service.http.plain_text import is_long, link_domains
from service.moderators.account.digests import digest_mail_links
from service.moderators.account.feeds import feed
from service.moderators.account.oidc import has_provider, provider_sign_in_url
from service.moderators.account.own_account import account
from service.moderators.account.second_factors import second_factor
from service.moderators.account.sign_in import sign_in
from service.moderators.admin.automatic_rejection import rejection
from service.moderators.admin.moderators import moderators
from service.moderators.admin.site_keys import site_keys
from service.moderators.admin.site_languages import site_languages
from service.moderators.admin.site_removal import site_removal
from service.moderators.admin.site_safeguards import site_safeguards
from service.moderators.admin.site_suspects import site_suspects
from service.moderators.admin.sites import sites
from service.moderators.admin.statistics import statistics
from service.moderators.admin.thresholds import thresholds
from service.moderators.admin.webhooks import webhooks
from service.moderators.display.labels import (
    ERASE_REASONS,
    KINDS,
    ORDERS,
    REJECT_REASONS,
    SECTIONS,
    age,
    attribute_name,
    browser_name,
    cause_in_words,
    duration,
    many,
    percent,
    status_name,
    time_left,
)
from service.moderators.display.score_bars import main_scores, marked_attribute
from service.moderators.display.setting_choices import setting_in_words
from service.moderators.display.suspect_marks import (
    sentences_of,
    suspects_of,
    with_suspects,
)
from service.moderators.display.visible_text import visible, visible_plain, visible_text
from service.moderators.queue.appeals import appeals
from service.moderators.queue.audit_samples import sample
from service.moderators.queue.automatic_decisions import automatic
from service.moderators.queue.card_actions import comments
from service.moderators.queue.erasing import erasing
from service.moderators.queue.one_at_a_time import single_card
from service.moderators.queue.published_first import published_first
from service.moderators.queue.queue import queue
from service.moderators.queue.recent_decisions import decisions
from service.moderators.queue.reports import reports
from service.moderators.queue.staff_comments import staff_comments
from service.moderators.request.csrf import form_token, refuse_other_origins
from service.moderators.request.repositories import repositories
from service.moderators.request.session_cookie import cookies_allowed
from service.moderators.rules.site_rules import site_rules
from service.moderators.search.author_history import author
from service.moderators.search.bulk_decisions import bulk
from service.moderators.search.campaigns import campaigns
from service.moderators.search.score_chart import score_chart
from service.moderators.search.search import search
from service.wiring.parts import parts

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


@moderate.before_request
def _check_form() -> None:
    """Before every request: what `request.form` would guess at is refused."""
    if request.method == "POST":
        check_form(request, several=("events", "sites", "chosen", "lists", "before"))


_BLUEPRINTS = (
    sign_in,
    queue,
    single_card,
    comments,
    staff_comments,
    erasing,
    decisions,
    automatic,
    reports,
    appeals,
    published_first,
    sample,
    search,
    author,
    bulk,
    campaigns,
    score_chart,
    account,
    second_factor,
    digest_mail_links,
    feed,
    moderators,
    statistics,
    rejection,
    sites,
    site_keys,
    site_removal,
    site_languages,
    site_rules,
    site_suspects,
    site_safeguards,
    thresholds,
    webhooks,
)
for blueprint in _BLUEPRINTS:
    moderate.register_blueprint(blueprint)


@moderate.after_request
def _protect(response: Response) -> Response:
    """Let nothing that a comment holds run here, and no cache keep an answer."""
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint != "moderate.static":
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.add("Cookie")
    return response


def _listed_words(rule: str, comment: Comment) -> Sequence[str]:
    return repositories().listed_words(rule, comment)


def _earlier_texts(comment: Comment) -> Sequence[EarlierText]:
    """What it said before its author changed it; most were never changed, and cost no query."""
    return repositories().earlier_texts.of(comment.id) if comment.edited_at else ()


@moderate.context_processor
def _template_context() -> dict[str, Any]:
    return {
        "moderator": g.get("moderator"),
        "form_token": form_token,
        "cookies_allowed": cookies_allowed,
        "visible": visible,
        "visible_text": visible_text,
        "visible_plain": visible_plain,
        "is_long": is_long,
        "attributes": ATTRIBUTES,
        "pieces_of": parts().highlights.of,
        "name_pieces_of": parts().highlights.of_name,
        "measured_on": lambda: parts().highlights.measured_on,
        "queue_numbers": lambda: repositories().count_waiting(),
        "reported_number": lambda: repositories().reported,
        "appealed_number": lambda: repositories().appealed,
        "published_first_number": lambda site: repositories().published_first.number(site),
        "campaign_number": lambda: repositories().waiting_campaigns,
        "sentences_of": partial(sentences_of, _listed_words),
        "earlier_texts": _earlier_texts,
        "suspects_of": partial(suspects_of, _listed_words),
        "with_suspects": with_suspects,
        "without_scores": WITHOUT_SCORES,
        "attribute_name": attribute_name,
        "cause_in_words": cause_in_words,
        "status_name": status_name,
        "setting_in_words": setting_in_words,
        "main_scores": main_scores,
        "marked_attribute": marked_attribute,
        "in_percent": in_percent,
        "age": age,
        "counted": counted,
        "browser_name": browser_name,
        "duration": duration,
        "percent": percent,
        "has_provider": has_provider,
        "provider_sign_in_url": provider_sign_in_url,
        "time_left": time_left,
        "many": many,
        "domains": link_domains,
        "reject_words": REJECT_REASONS,
        "erase_words": ERASE_REASONS,
        "order_words": ORDERS,
        "section_words": SECTIONS,
        "kind_words": KINDS,
        "rfc3339": rfc3339,
        "is_address": origin_of,
    }
