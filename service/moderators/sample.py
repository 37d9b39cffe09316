"""The audit sample: a moderator decides again what the policy decided, not knowing what it was."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.comments import Status
from service.moderators import asked
from service.moderators.search import SAID
from service.moderators.session import require_moderator
from service.parts import parts

sample = Blueprint("sample", __name__)
sample.before_request(require_moderator)
PER_PAGE = 20
_ACTIONS = {"approve": Status.APPROVED, "reject": Status.REJECTED}
_NOTICES = {
    "agreed": "Noted: the policy had decided the same.",
    "left": "Noted: the comment stays as it is.",
    **SAID,
}


@sample.get("/sample")
def waiting() -> ResponseReturnValue:
    return render_template(
        "moderators/sample.html",
        cards=parts().samples.oldest(PER_PAGE),
        number=parts().samples.number(),
        sites=parts().sites.all(),
        notice=_NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )


@sample.post("/sample/<comment_id>/<any(approve, reject):action>")
def review(comment_id: str, action: str) -> ResponseReturnValue:
    review = parts().samples.review(
        asked.known_by(comment_id), _ACTIONS[action], moderator_id=g.moderator.id
    )
    if review.agrees:
        here = url_for("moderate.sample.waiting", done="agreed")
    else:
        here = url_for("moderate.sample.disagreed", comment_id=comment_id)
    return redirect(here, HTTPStatus.SEE_OTHER)


@sample.get("/sample/<comment_id>")
def disagreed(comment_id: str) -> ResponseReturnValue:
    """What the policy had decided, and the choice to change it."""
    review = parts().samples.reviewed(asked.known_by(comment_id))
    return render_template(
        "moderators/disagreed.html",
        review=review,
        sites=parts().sites.all(),
        now=parts().clock(),
    )
