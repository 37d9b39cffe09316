"""The queue: what waits, in one of four orders, and a decision about each."""

from flask import Blueprint, g, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.comments import Comment, Status
from moderation.storage.decisions.moderator_decisions import Reviewed
from moderation.storage.review.queue import Flagged
from moderation.storage.review.queue_orders import QueueOrder
from service.moderators.display.labels import NOTICES
from service.moderators.request.params import (
    after_wanted,
    back,
    go_on,
    one_at_a_time,
    order_wanted,
    reject_reason,
    seen,
    undo_offered,
    wants_json,
)
from service.moderators.request.repositories import desk
from service.moderators.request.sessions import (
    asked_site,
    require_moderator,
    review_queue,
    sites_within_reach,
    waiting_here,
)
from service.wiring.parts import parts

queue = Blueprint("queue", __name__)
queue.before_request(require_moderator)
PER_PAGE = 20
_STATUSES: dict[str, Reviewed] = {
    "approve": Status.APPROVED,
    "reject": Status.REJECTED,
    "reopen": Status.FLAGGED,
}


@queue.get("/")
@queue.get("")
def waiting() -> ResponseReturnValue:
    site, order, after = asked_site(), order_wanted(), after_wanted()
    newest = desk().arrivals.newest()  # before the cards: what comes in between is new
    found = review_queue().first(PER_PAGE + 1, order, site=site, after=after)
    return render_template(
        "moderators/queue.html",
        **for_cards(found[:PER_PAGE]),
        more=len(found) > PER_PAGE,
        waiting=waiting_here(site),
        newest=newest,
        after=after,
        orders=list(QueueOrder),
    )


@queue.post("/comments/<comment_id>/<any(approve, reject, reopen):action>")
def decide(comment_id: str, action: str) -> ResponseReturnValue:
    """Back to where the form stood, or for its script what is new there."""
    comment = review_queue().revise(
        seen(comment_id),
        _STATUSES[action],
        moderator_id=g.moderator.id,
        reason=reject_reason() if action == "reject" else None,
    )
    if wants_json():
        return jsonify(_news(comment))
    if action != "reopen":
        return go_on(done=comment.status, undo=f"{comment.id}.{comment.version}")
    if one_at_a_time():
        desk().holds.hold(comment.id, g.moderator.id)
    return back(done=comment.status)


def for_cards(cards: list[Flagged]) -> dict[str, object]:
    """What the template of a card needs, for all of them."""
    ids = [card.comment.id for card in cards]
    return {
        "cards": cards,
        "backgrounds": desk().backgrounds.of(ids, moderator_id=g.moderator.id),
        "sites": sites_within_reach(),
        "site": asked_site(),
        "order": order_wanted(),
        "notice": NOTICES.get(request.args.get("done", "")),
        "undo": undo_offered(),
        "now": parts().clock(),
    }


def _news(comment: Comment) -> dict[str, object]:
    return {
        "done": NOTICES[comment.status],
        "waiting": waiting_here(asked_site()),
        "undo": url_for(".decide", comment_id=comment.id, action="reopen", site=asked_site()),
        "status": comment.status,
        "version": comment.version,
    }
