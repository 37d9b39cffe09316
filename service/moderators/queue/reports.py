"""Comments that readers reported: kept or rejected, which closes their reports."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.moderators.request.access import require_moderator
from service.moderators.request.params import (
    STATUS_BY_ACTION,
    observed_comment,
    reject_reason,
    site_filter,
)
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

reports = Blueprint("reports", __name__)
reports.before_request(require_moderator)
PER_PAGE = 20
_NOTICES = {
    "keep": "Kept: readers still see it, its reports are closed.",
    "reject": "Rejected: readers do not see it any more, its reports are closed.",
}


@reports.get("/reports")
def overview() -> ResponseReturnValue:
    site = site_filter()
    return render_template(
        "moderators/reports.html",
        reported=repositories().reported_comments.open(PER_PAGE, site),
        number=repositories().reported_comments.number(site),
        site=site,
        sites=repositories().sites,
        notice=_NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )


@reports.post("/reports/<comment_id>/<any(keep, reject):action>")
def decide(comment_id: str, action: str) -> ResponseReturnValue:
    repositories().reported_comments.decide(
        observed_comment(comment_id),
        STATUS_BY_ACTION[action],
        moderator_id=g.moderator.id,
        reason=reject_reason() if action == "reject" else None,
    )
    url = url_for("moderate.reports.overview", site=site_filter(), done=action)
    return redirect(url, HTTPStatus.SEE_OTHER)
