"""The author's page of one comment, by a secret address: its status, and a button to erase it."""

from flask import Blueprint, Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from moderation.comments import Comment, Status
from service.http.formats import rfc3339
from service.languages.accepted import accepted_language
from service.problems.errors import WrongAuthorToken
from service.public.site_access import is_author_token
from service.wiring.parts import parts

own_page = Blueprint("own_page", __name__)
_POLICY = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


@own_page.get("/own/<comment_id>/<token>")
def show(comment_id: str, token: str) -> ResponseReturnValue:
    """The comment; raises WrongAuthorToken for any address but its author's."""
    return _page(_own(comment_id, token))


@own_page.post("/own/<comment_id>/<token>")
def erase(comment_id: str, token: str) -> ResponseReturnValue:
    """Erase it. The address is the proof: who has it needs no other."""
    comment = _own(comment_id, token)
    if comment.status is not Status.ERASED:
        comment = parts().erasures.by_author(comment_id)
    return _page(comment)


def _own(comment_id: str, token: str) -> Comment:
    if not is_author_token(comment_id, token):
        raise WrongAuthorToken
    comment = parts().comments.get(comment_id)
    g.site = parts().site_cache.get(comment.site)
    return comment


def _page(comment: Comment) -> Response:
    language = accepted_language(request)
    body = render_template(
        "own_comment.html",
        comment=comment,
        title=g.site.title,
        submitted_at=rfc3339(comment.submitted_at),
        local_time=language.time(comment.submitted_at),
        language=language,
    )
    response = make_response(body)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is a secret
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
