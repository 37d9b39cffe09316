"""A moderator erases a comment: name and text, for good, with a reason."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from moderation.comments import Status
from service.moderators.request.access import require_moderator
from service.moderators.request.params import erase_reason, observed_comment, valid_comment_id
from service.moderators.request.redirects import redirect_back
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

erasing = Blueprint("erasing", __name__)
erasing.before_request(require_moderator)


@erasing.get("/comments/<comment_id>/erase")
def form(comment_id: str) -> ResponseReturnValue:
    """The comment, and the choice of a reason."""
    repositories().staff_comments.check_may_write()
    card = repositories().staff_comments.card(valid_comment_id(comment_id))
    return render_template(
        "moderators/erase_comment.html",
        card=card,
        sites=repositories().sites,
        now=parts().clock(),
    )


@erasing.post("/comments/<comment_id>/erase")
def erase(comment_id: str) -> ResponseReturnValue:
    """Erase the comment as the form's page showed it, and go back to where its card was."""
    repositories().queue.decide(
        observed_comment(comment_id),
        Status.ERASED,
        moderator_id=g.moderator.id,
        reason=erase_reason(),
    )
    return redirect_back(done=Status.ERASED)
