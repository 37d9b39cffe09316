"""The audit sample: moderators decide again what the policy decided, without seeing it."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.moderators.display.labels import NOTICES
from service.moderators.request.access import require_moderator
from service.moderators.request.params import STATUS_BY_ACTION, valid_comment_id
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

sample = Blueprint("sample", __name__)
sample.before_request(require_moderator)
PER_PAGE = 20
_NOTICES = {
    "agreed": "Noted: the policy had decided the same.",
    "left": "Noted: the comment stays as it is.",
    **NOTICES,
}


@sample.get("/sample")
def overview() -> ResponseReturnValue:
    return render_template(
        "moderators/audit_sample.html",
        cards=repositories().samples.oldest(PER_PAGE),
        number=repositories().samples.number(),
        sites=repositories().sites,
        notice=_NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )


@sample.post("/sample/<comment_id>/<any(approve, reject):action>")
def review(comment_id: str, action: str) -> ResponseReturnValue:
    review = repositories().samples.review(
        valid_comment_id(comment_id), STATUS_BY_ACTION[action], moderator_id=g.moderator.id
    )
    if review.agrees:
        url = url_for("moderate.sample.overview", done="agreed")
    else:
        url = url_for("moderate.sample.disagreement", comment_id=comment_id)
    return redirect(url, HTTPStatus.SEE_OTHER)


@sample.get("/sample/<comment_id>")
def disagreement(comment_id: str) -> ResponseReturnValue:
    """Show what the policy had decided, with the choice to change it."""
    review = repositories().samples.reviewed(valid_comment_id(comment_id))
    return render_template(
        "moderators/sample_disagreement.html",
        review=review,
        sites=repositories().sites,
        now=parts().clock(),
    )
