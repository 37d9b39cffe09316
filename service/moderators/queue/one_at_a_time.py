"""One card at a time, each held for the moderator who looks at it."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.comments import DecisionConflict
from moderation.storage.review.queue import Flagged
from service.moderators.queue.queue import for_cards
from service.moderators.request.access import require_moderator
from service.moderators.request.params import (
    queue_order,
    queue_section,
    site_filter,
    valid_comment_id,
)
from service.moderators.request.repositories import repositories

single_card = Blueprint("single_card", __name__)
single_card.before_request(require_moderator)


@single_card.get("/one")
def overview() -> ResponseReturnValue:
    """The card that the moderator holds; a look takes none."""
    return render_template(
        "moderators/one_at_a_time.html",
        **for_cards(_held_cards()),
        waiting=repositories().count_waiting(site_filter()).of(queue_section()),
        asked="none" in request.args,
    )


@single_card.post("/one/next")
def take_next() -> ResponseReturnValue:
    taken = repositories().holds.take(
        g.moderator.id, queue_order(), site=site_filter(), section=queue_section()
    )
    return _redirect_to(".overview", none=None if taken else "")


@single_card.post("/one/<comment_id>/renew")
def renew(comment_id: str) -> ResponseReturnValue:
    repositories().holds.renew(valid_comment_id(comment_id), g.moderator.id)
    return "", HTTPStatus.NO_CONTENT


@single_card.post("/one/leave")
def leave() -> ResponseReturnValue:
    repositories().holds.let_go(g.moderator.id)
    return _redirect_to("moderate.queue.overview")


def _redirect_to(page: str, **query: str | None) -> ResponseReturnValue:
    """To a page, in the same section and order and of the same site."""
    kept = {name: request.args.get(name) or None for name in ("site", "section", "order")}
    return redirect(url_for(page, **kept, **query), HTTPStatus.SEE_OTHER)  # type: ignore[arg-type]


def _held_cards() -> list[Flagged]:
    """The card that the moderator holds: none or one."""
    held = repositories().holds.held(g.moderator.id)
    try:
        return [repositories().queue.card(held)] if held else []
    except DecisionConflict:  # somebody decided it between the two questions
        return []
