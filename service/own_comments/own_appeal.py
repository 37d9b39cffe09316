"""Appeal against a rejection, as a script or a form asks."""

from http import HTTPStatus

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from moderation.comments import Comment
from moderation.own_comments.appeals import appeal_text
from service.http.body import fields_of
from service.own_comments.access import limited_address, own_address, own_comment
from service.own_comments.own_fields import own_answer
from service.wiring.parts import parts

appealing = Blueprint("appealing", __name__)


@appealing.post("/v1/comments/<comment_id>/appeal")
def appeal(comment_id: str) -> ResponseReturnValue:
    """Raises WrongAuthorToken, AppealRefused, InvalidComment."""
    comment = own_comment(comment_id)
    _appeal(comment)
    return own_answer(comment)


@appealing.post("/own/<comment_id>/<token>/appeal")
def appeal_by_form(comment_id: str, token: str) -> ResponseReturnValue:
    """As above, and back to the author's page."""
    _appeal(own_comment(comment_id, token))
    return redirect(own_address(comment_id, token), HTTPStatus.SEE_OTHER)


def _appeal(comment: Comment) -> None:
    text = appeal_text(fields_of(request))
    limited_address(request)
    parts().appeals.add(comment.id, text)
