"""Give an author all that is stored about their comment, as JSON."""

from flask import Blueprint, Response, jsonify

from moderation.comments import Comment
from service.own_comments.access import own_comment
from service.own_comments.own_fields import own_fields
from service.wiring.parts import parts

own_export = Blueprint("own_export", __name__)


@own_export.get("/v1/comments/<comment_id>/export")
def export(comment_id: str) -> Response:
    """Raises WrongAuthorToken."""
    return _answer(own_comment(comment_id))


@own_export.get("/own/<comment_id>/<token>/export")
def export_by_link(comment_id: str, token: str) -> Response:
    """As above, as a file for a browser."""
    response = _answer(own_comment(comment_id, token))
    response.headers["Content-Disposition"] = f'attachment; filename="comment-{comment_id}.json"'
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _answer(comment: Comment) -> Response:
    response = jsonify(comment=own_fields(comment), stored=parts().own_records.of(comment.id))
    response.headers["Cache-Control"] = "no-store"
    return response
