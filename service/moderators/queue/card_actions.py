"""What a moderator does with a card: decide, pin, note, skip."""

from flask import Blueprint, g, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from moderation.comments import Comment
from moderation.review.notes import note_text
from service.moderators.display.labels import NOTICES
from service.moderators.request.access import require_moderator
from service.moderators.request.params import (
    STATUS_BY_ACTION,
    observed_comment,
    queue_section,
    reject_reason,
    site_filter,
    valid_comment_id,
    wants_json,
)
from service.moderators.request.redirects import (
    redirect_back,
    redirect_to_next_card,
    single_card_mode,
)
from service.moderators.request.repositories import repositories

comments = Blueprint("comments", __name__, url_prefix="/comments/<comment_id>")
comments.before_request(require_moderator)


@comments.post("/<any(approve, reject, reopen):action>")
def decide(comment_id: str, action: str) -> ResponseReturnValue:
    """Redirect to where the form stood, or answer its script with the comment's new state."""
    comment = repositories().queue.decide(
        observed_comment(comment_id),
        STATUS_BY_ACTION[action],
        moderator_id=g.moderator.id,
        reason=reject_reason() if action == "reject" else None,
    )
    if wants_json():
        return jsonify(_new_state(comment))
    if action != "reopen":
        return redirect_to_next_card(done=comment.status, undo=f"{comment.id}.{comment.version}")
    if single_card_mode():
        repositories().holds.hold(comment.id, g.moderator.id)
    return redirect_back(done=comment.status)


@comments.post("/<any(pin, unpin):action>")
def pin(comment_id: str, action: str) -> ResponseReturnValue:
    """Let a published comment stand first on its page, or in its own place again."""
    change = repositories().pins.pin if action == "pin" else repositories().pins.unpin
    change(valid_comment_id(comment_id), moderator_id=g.moderator.id)
    return redirect_back(done=f"{action}ned")


@comments.post("/note")
def note(comment_id: str) -> ResponseReturnValue:
    text = note_text(request.form.get("note", ""))
    repositories().notes.add(valid_comment_id(comment_id), text, moderator_id=g.moderator.id)
    if wants_json():
        return jsonify(done=NOTICES["noted"], by=g.moderator.name, note=text)
    if single_card_mode():  # the card stays: it was not decided
        repositories().holds.renew(comment_id, g.moderator.id)
    return redirect_back(done="noted")


@comments.post("/skip")
def skip(comment_id: str) -> ResponseReturnValue:
    repositories().holds.skip(valid_comment_id(comment_id), g.moderator.id)
    if wants_json():
        return jsonify(done=NOTICES["skipped"])
    return redirect_to_next_card(done="skipped")


def _new_state(comment: Comment) -> dict[str, object]:
    site = site_filter()
    return {
        "done": NOTICES[comment.status],
        "waiting": repositories().count_waiting(site).of(queue_section()),
        "undo": url_for(
            ".decide",
            comment_id=comment.id,
            action="reopen",
            site=site,
            section=request.args.get("section"),
        ),
        "status": comment.status,
        "version": comment.version,
    }
