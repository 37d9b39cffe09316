"""Change one's own comment, as a script or a form asks."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, request
from flask.typing import ResponseReturnValue

from moderation.comments import Comment
from moderation.own_comments.edits import Edit
from service.http.body import fields_of
from service.own_comments.access import limited_address, own_address, own_comment
from service.own_comments.own_fields import own_answer
from service.wiring.parts import parts

editing = Blueprint("editing", __name__)


@editing.patch("/v1/comments/<comment_id>")
def change(comment_id: str) -> ResponseReturnValue:
    """Raises WrongAuthorToken, EditRefused, InvalidComment."""
    return own_answer(_changed(own_comment(comment_id)))


@editing.post("/own/<comment_id>/<token>/text")
def change_by_form(comment_id: str, token: str) -> ResponseReturnValue:
    """As above, and back to the author's page."""
    _changed(own_comment(comment_id, token))
    return redirect(own_address(comment_id, token), HTTPStatus.SEE_OTHER)


def _changed(comment: Comment) -> Comment:
    """The comment with what the request gives, limited like a new one."""
    fields = fields_of(request)
    limited_address(request)
    edit = Edit.parse(fields, comment)
    g.site.admit(edit)
    changed = parts().edits.apply(comment.id, g.site, edit)
    if changed.version != comment.version:
        parts().doorbell_thread.ring()
    return changed
