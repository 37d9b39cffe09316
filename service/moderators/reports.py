"""What readers reported: keep the comment or reject it, and the reports are closed."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.comments import Status
from service.moderators import asked
from service.moderators.session import require_moderator
from service.parts import parts

reports = Blueprint("reports", __name__)
reports.before_request(require_moderator)
PER_PAGE = 20
_ACTIONS = {"keep": Status.APPROVED, "reject": Status.REJECTED}
_NOTICES = {
    "keep": "Kept: readers still see it, its reports are closed.",
    "reject": "Rejected: readers do not see it any more, its reports are closed.",
}


@reports.get("/reports")
def waiting() -> ResponseReturnValue:
    site = asked.site()
    return render_template(
        "moderators/reports.html",
        reported=parts().reports.open(PER_PAGE, site),
        number=parts().reports.number(site),
        site=site,
        sites=parts().sites.all(),
        notice=_NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )


@reports.post("/reports/<comment_id>/<any(keep, reject):action>")
def decide(comment_id: str, action: str) -> ResponseReturnValue:
    number = asked.known_by(comment_id)
    status = _ACTIONS[action]
    parts().reports.decide(number, asked.basis(), status, moderator_id=g.moderator.id)
    here = asked.back(url_for("moderate.reports.waiting"), done=action)
    return redirect(here, HTTPStatus.SEE_OTHER)
