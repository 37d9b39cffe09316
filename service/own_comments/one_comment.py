"""One comment by its id: for its author always, for others where it is public; and its end."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from moderation.comments import CommentNotFound, Status
from service.own_comments.access import own_comment
from service.own_comments.own_fields import own_answer
from service.public.site_access import is_author, may_read
from service.wiring.parts import parts

one_comment = Blueprint("one_comment", __name__)


@one_comment.get("/v1/comments/<comment_id>")
def own(comment_id: str) -> ResponseReturnValue:
    """A comment: for its author and the site's servers always, else one approved or erased."""
    comment = parts().comments.get(comment_id)
    g.site = parts().site_cache.get(comment.site)
    is_public, by_author = comment.status in (Status.APPROVED, Status.ERASED), is_author(comment_id)
    if not (is_public or by_author or may_read(request, comment.site)):
        raise CommentNotFound(comment_id)
    return own_answer(comment, by_author=by_author)


@one_comment.delete("/v1/comments/<comment_id>")
def erase(comment_id: str) -> ResponseReturnValue:
    """Erase the author's own comment; raises WrongAuthorToken."""
    comment = own_comment(comment_id)
    if comment.status is not Status.ERASED:
        comment = parts().erasures.by_author(comment_id)
    return own_answer(comment)
