"""The queue: comments that wait, by section and in one of four orders, and what is new in it."""

from http import HTTPStatus

from flask import Blueprint, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.http import generate_etag

from moderation.comments import CommentNotFound, QueueSection
from moderation.storage.review.queue import Flagged
from moderation.storage.review.queue_orders import QueueOrder
from service.http.params import parse_int
from service.moderators.display.labels import NOTICES
from service.moderators.request.access import require_moderator
from service.moderators.request.params import (
    after_id,
    queue_order,
    queue_section,
    site_filter,
    undo_offer,
)
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

queue = Blueprint("queue", __name__)
queue.before_request(require_moderator)
PER_PAGE = 20


@queue.get("/")
@queue.get("")
def overview() -> ResponseReturnValue:
    site, section, order, after = site_filter(), queue_section(), queue_order(), after_id()
    newest = repositories().queue_updates.newest()  # before the cards: what comes in between is new
    cards = repositories().queue.first(PER_PAGE + 1, order, site=site, section=section, after=after)
    numbers = repositories().count_waiting(site)
    return render_template(
        "moderators/queue.html",
        **for_cards(cards[:PER_PAGE]),
        more=len(cards) > PER_PAGE,
        numbers=numbers,
        waiting=numbers.of(section),
        newest=newest,
        after=after,
        orders=list(QueueOrder),
    )


@queue.get("/waiting/<comment_id>")
def from_feed(comment_id: str) -> ResponseReturnValue:
    """Redirect to the queue with the comment as first card, or at its start if it waits no more."""
    try:
        place = repositories().queue_place(comment_id)
    except CommentNotFound:
        return redirect(url_for(".overview"), HTTPStatus.SEE_OTHER)
    is_likely = place.section is QueueSection.LIKELY_REJECTED
    section, order = (place.section, QueueOrder.OLDEST) if is_likely else (None, None)
    page = url_for(".overview", section=section, order=order, after=place.after)
    return redirect(page, HTTPStatus.SEE_OTHER)


@queue.get("/arrivals")
def updates() -> ResponseReturnValue:
    """How many came since a page was opened, which its script asks all the time.

    304 without counting anything while nobody decided anything: every change is a decision.
    """
    site, section = site_filter(), queue_section()
    since = parse_int(request.args.get("since", ""), "since")
    state = repositories().queue_updates.state()
    etag = generate_etag(f"{state} {since} {site} {section}".encode())
    if etag in request.if_none_match:
        return "", HTTPStatus.NOT_MODIFIED
    new = repositories().queue_updates.since(since, site=site, section=section)
    response = jsonify(waiting=repositories().count_waiting(site).of(section), new=new)
    response.set_etag(etag)
    return response


def for_cards(cards: list[Flagged]) -> dict[str, object]:
    """The values that the template of a card needs."""
    ids = [card.comment.id for card in cards]
    return {
        "cards": cards,
        "backgrounds": repositories().card_contexts.of(ids, moderator_id=g.moderator.id),
        "sites": repositories().sites,
        "site": site_filter(),
        "section": queue_section(),
        "order": queue_order(),
        "notice": NOTICES.get(request.args.get("done", "")),
        "undo": undo_offer(),
        "now": parts().clock(),
    }
