"""The audit sample: a moderator decides again what the policy decided, not knowing what it was."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.comments import Status
from service.moderators.display.labels import NOTICES
from service.moderators.request.params import known_by
from service.moderators.request.repositories import desk
from service.moderators.request.sessions import require_moderator, sites_within_reach
from service.wiring.parts import parts

sample = Blueprint("sample", __name__)
sample.before_request(require_moderator)
PER_PAGE = 20
_ACTIONS = {"approve": Status.APPROVED, "reject": Status.REJECTED}
_NOTICES = {
    "agreed": "Noted: the policy had decided the same.",
    "left": "Noted: the comment stays as it is.",
    **NOTICES,
}


@sample.get("/sample")
def waiting() -> ResponseReturnValue:
    return render_template(
        "moderators/audit_sample.html",
        cards=desk().samples.oldest(PER_PAGE),
        number=desk().samples.number(),
        sites=sites_within_reach(),
        notice=_NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )


@sample.post("/sample/<comment_id>/<any(approve, reject):action>")
def review(comment_id: str, action: str) -> ResponseReturnValue:
    review = desk().samples.review(
        known_by(comment_id), _ACTIONS[action], moderator_id=g.moderator.id
    )
    if review.agrees:
        here = url_for("moderate.sample.waiting", done="agreed")
    else:
        here = url_for("moderate.sample.disagreed", comment_id=comment_id)
    return redirect(here, HTTPStatus.SEE_OTHER)


@sample.get("/sample/<comment_id>")
def disagreed(comment_id: str) -> ResponseReturnValue:
    """What the policy had decided, and the choice to change it."""
    review = desk().samples.reviewed(known_by(comment_id))
    return render_template(
        "moderators/sample_disagreement.html",
        review=review,
        sites=sites_within_reach(),
        now=parts().clock(),
    )
