"""The queue: what waits, in one of four orders, and a decision about each."""

from flask import Blueprint, g, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.comments import Comment
from moderation.storage.review.queue import Flagged
from moderation.storage.review.queue_orders import QueueOrder
from service.moderators.display.labels import NOTICES
from service.moderators.request.access import require_moderator
from service.moderators.request.params import (
    STATUS_BY_ACTION,
    after_id,
    observed_comment,
    queue_order,
    reject_reason,
    site_filter,
    undo_offer,
    wants_json,
)
from service.moderators.request.redirects import (
    redirect_back,
    redirect_to_next_card,
    single_card_mode,
)
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

queue = Blueprint("queue", __name__)
queue.before_request(require_moderator)
PER_PAGE = 20


@queue.get("/")
@queue.get("")
def waiting() -> ResponseReturnValue:
    site, order, after = site_filter(), queue_order(), after_id()
    newest = repositories().queue_updates.newest()  # before the cards: what comes in between is new
    found = repositories().queue.first(PER_PAGE + 1, order, site=site, after=after)
    return render_template(
        "moderators/queue.html",
        **for_cards(found[:PER_PAGE]),
        more=len(found) > PER_PAGE,
        waiting=repositories().count_waiting(site),
        newest=newest,
        after=after,
        orders=list(QueueOrder),
    )


@queue.post("/comments/<comment_id>/<any(approve, reject, reopen):action>")
def decide(comment_id: str, action: str) -> ResponseReturnValue:
    """Back to where the form stood, or for its script what is new there."""
    comment = repositories().queue.decide(
        observed_comment(comment_id),
        STATUS_BY_ACTION[action],
        moderator_id=g.moderator.id,
        reason=reject_reason() if action == "reject" else None,
    )
    if wants_json():
        return jsonify(_news(comment))
    if action != "reopen":
        return redirect_to_next_card(done=comment.status, undo=f"{comment.id}.{comment.version}")
    if single_card_mode():
        repositories().holds.hold(comment.id, g.moderator.id)
    return redirect_back(done=comment.status)


def for_cards(cards: list[Flagged]) -> dict[str, object]:
    """What the template of a card needs, for all of them."""
    ids = [card.comment.id for card in cards]
    return {
        "cards": cards,
        "backgrounds": repositories().card_contexts.of(ids, moderator_id=g.moderator.id),
        "sites": repositories().sites,
        "site": site_filter(),
        "order": queue_order(),
        "notice": NOTICES.get(request.args.get("done", "")),
        "undo": undo_offer(),
        "now": parts().clock(),
    }


def _news(comment: Comment) -> dict[str, object]:
    return {
        "done": NOTICES[comment.status],
        "waiting": repositories().count_waiting(site_filter()),
        "undo": url_for(".decide", comment_id=comment.id, action="reopen", site=site_filter()),
        "status": comment.status,
        "version": comment.version,
    }
