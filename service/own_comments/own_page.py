"""The author's page of one comment, by a secret address: what became of it, what they may do."""

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.comments import Comment, Status
from moderation.own_comments.appeals import MAX_APPEAL
from service.http.formats import rfc3339
from service.languages.accepted import accepted_language
from service.own_comments.access import own_comment
from service.own_comments.own_fields import edit_until, may_appeal
from service.public.documents.page_policy import with_policy
from service.reader_mail.wishes import takes_mail_wishes
from service.wiring.parts import parts

own_page = Blueprint("own_page", __name__)


@own_page.get("/own/<comment_id>/<token>")
def show(comment_id: str, token: str) -> ResponseReturnValue:
    """The comment; raises WrongAuthorToken for any address but its author's."""
    return _page(own_comment(comment_id, token), token)


@own_page.post("/own/<comment_id>/<token>")
def erase(comment_id: str, token: str) -> ResponseReturnValue:
    """Erase it. The address is the proof: who has it needs no other."""
    comment = own_comment(comment_id, token)
    if comment.status is not Status.ERASED:
        comment = parts().erasures.by_author(comment_id)
    return _page(comment, token)


def _way_back(comment: Comment) -> tuple[str, str]:
    """Where its author came from, and the text that says so: the article, else its comments."""
    article = parts().pages.article(g.site, comment.page).url
    if article is not None and g.site.owns(article):
        return article, "thread_back"
    lang = request.args.get("lang") or None
    thread = url_for("documents.thread", site=comment.site, page=comment.page, lang=lang)
    return thread, "comments"


def _page(comment: Comment, token: str) -> Response:
    state = parts().own_states.of(comment.id)
    body = render_template(
        "own_comment.html",
        comment=comment,
        state=state,
        query={"comment_id": comment.id, "token": token, "lang": request.args.get("lang")},
        site=g.site,
        edit_until=edit_until(comment, state),
        may_appeal=may_appeal(comment, state),
        longest_appeal=MAX_APPEAL,
        back=_way_back(comment),
        mail_state=parts().subscriptions.state_of(comment.id),
        takes_mail_wishes=takes_mail_wishes(g.site),
        rfc3339=rfc3339,
        language=accepted_language(request),
    )
    response = with_policy(make_response(body))
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is a secret
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
