"""One card at a time, each held for the moderator who looks at it."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.comments import DecisionConflict
from moderation.storage.review.queue import Flagged
from service.moderators.queue.queue import for_cards
from service.moderators.request.access import require_moderator
from service.moderators.request.params import queue_order, site_filter, valid_comment_id
from service.moderators.request.repositories import repositories

one = Blueprint("one", __name__)
one.before_request(require_moderator)


@one.get("/one")
def card() -> ResponseReturnValue:
    """The card held by who looks; looking takes none."""
    return render_template(
        "moderators/one_at_a_time.html",
        **for_cards(_held()),
        waiting=repositories().count_waiting(site_filter()),
        asked="none" in request.args,
    )


@one.post("/one/next")
def next_card() -> ResponseReturnValue:
    taken = repositories().holds.take(g.moderator.id, queue_order(), site=site_filter())
    return _to(".card", none=None if taken else "")


@one.post("/one/<comment_id>/renew")
def renew(comment_id: str) -> ResponseReturnValue:
    repositories().holds.renew(valid_comment_id(comment_id), g.moderator.id)
    return "", HTTPStatus.NO_CONTENT


@one.post("/one/leave")
def leave() -> ResponseReturnValue:
    repositories().holds.let_go(g.moderator.id)
    return _to("moderate.queue.waiting")


def _to(page: str, **news: str | None) -> ResponseReturnValue:
    """The page in the order and of the site that is looked at."""
    site, order = (request.args.get(name) or None for name in ("site", "order"))
    return redirect(url_for(page, site=site, order=order, **news), HTTPStatus.SEE_OTHER)  # type: ignore[arg-type]


def _held() -> list[Flagged]:
    """None or one."""
    held = repositories().holds.held(g.moderator.id)
    try:
        return [repositories().queue.card(held)] if held else []
    except DecisionConflict:  # somebody decided it between the two questions
        return []
