"""All comments: searched, and each decided from where it is found."""

from http import HTTPStatus

from flask import Blueprint, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.comments import Status
from moderation.filters import Filter
from moderation.storage.tables import ATTRIBUTES
from service.moderators import asked
from service.moderators.session import require_moderator
from service.parts import parts

search = Blueprint("search", __name__)
search.before_request(require_moderator)
PER_PAGE = 20
ACTIONS = {"approve": Status.APPROVED, "reject": Status.REJECTED, "queue": Status.FLAGGED}
SAID: dict[str, str] = {
    Status.APPROVED: "Approved: readers see it now.",
    Status.REJECTED: "Rejected: readers do not see it.",
    Status.FLAGGED: "Back in the queue: readers do not see it until somebody approves it.",
}


@search.get("/comments")
def found() -> ResponseReturnValue:
    wanted, after = Filter.parse(request.args), asked.after()
    return render_template(
        "moderators/search.html",
        found=parts().search.newest(wanted, limit=PER_PAGE, after=after),
        wanted=wanted,
        fields=wanted.as_fields(),
        narrowed=bool(wanted.as_fields().keys() - {"text", "status"}),
        after=after,
        sites=parts().sites.all(),
        moderators=parts().moderators.all(),
        statuses=list(Status),
        attributes=ATTRIBUTES,
        notice=SAID.get(request.args.get("done", "")),
        now=parts().clock(),
    )


@search.post("/comments/<comment_id>/to/<any(approve, reject, queue):action>")
def change(comment_id: str, action: str) -> ResponseReturnValue:
    """Back to where the form stood, or for its script what the comment is now."""
    status = ACTIONS[action]
    comment = parts().changes.change(
        asked.known_by(comment_id), asked.basis(), status, moderator_id=g.moderator.id
    )
    if request.accept_mimetypes.best == "application/json":
        return jsonify(done=SAID[status], status=comment.status, version=comment.version)
    here = asked.back(url_for("moderate.search.found"), done=status)
    return redirect(here, HTTPStatus.SEE_OTHER)
