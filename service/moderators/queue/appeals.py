"""Rejected comments whose authors ask for another look: published, or left as they are."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.comments import Status
from moderation.own_comments.appeals import MAX_APPEAL, appeal_answer
from moderation.storage.decisions.moderator_decisions import ModeratorDecision, ReviewStatus
from service.moderators.request.access import require_moderator
from service.moderators.request.params import observed_comment, site_filter
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

appeals = Blueprint("appeals", __name__)
appeals.before_request(require_moderator)
PER_PAGE = 20
_STATUS: dict[str, ReviewStatus] = {"approve": Status.APPROVED, "keep": Status.REJECTED}
_NOTICES = {
    "approve": "Published: its author is told, and reads your answer.",
    "keep": "Left rejected: its author is told, and reads your answer.",
}


@appeals.get("/appeals")
def overview() -> ResponseReturnValue:
    site = site_filter()
    return render_template(
        "moderators/appeals.html",
        appealed=repositories().appealed_comments.first(PER_PAGE, site),
        number=repositories().appealed_comments.number(site),
        site=site,
        sites=repositories().sites,
        longest=MAX_APPEAL,
        notice=_NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )


@appeals.post("/appeals/<comment_id>/<any(approve, keep):action>")
def decide(comment_id: str, action: str) -> ResponseReturnValue:
    decision = ModeratorDecision(_STATUS[action], g.moderator.id, parts().clock())
    answer = appeal_answer(request.form)
    repositories().appealed_comments.decide(observed_comment(comment_id), decision, answer)
    url = url_for("moderate.appeals.overview", site=site_filter(), done=action)
    return redirect(url, HTTPStatus.SEE_OTHER)
