"""Comments that were published at once, to be looked at later: left as they are, or rejected."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.comments import Status
from moderation.storage.decisions.moderator_decisions import ObservedComment, ObservedState
from service.http.params import parse_int
from service.moderators.request.access import require_moderator
from service.moderators.request.params import (
    chosen_comments,
    observed_comment,
    reject_reason,
    site_filter,
)
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

published_first = Blueprint("published_first", __name__)
published_first.before_request(require_moderator)
PER_PAGE = 20
_NOTICES = {
    "keep": "Left published.",
    "shown": "Left published, all that were shown.",
    "again": "It waits for a look again.",
    "reject": "Rejected: readers do not see it any more.",
}


@published_first.get("/published-first")
def overview() -> ResponseReturnValue:
    site, done = site_filter(), request.args.get("done", "")
    return render_template(
        "moderators/published_first.html",
        cards=repositories().published_first.first(PER_PAGE, site),
        number=repositories().published_first.number(site),
        site=site,
        sites=repositories().sites,
        notice=_NOTICES.get(done),
        kept=_kept() if done == "keep" else None,
        now=parts().clock(),
    )


@published_first.post("/published-first/<comment_id>/<any(keep, reject, again):action>")
def decide(comment_id: str, action: str) -> ResponseReturnValue:
    observed = observed_comment(comment_id)
    if action == "reject":
        repositories().queue.decide(
            observed, Status.REJECTED, moderator_id=g.moderator.id, reason=reject_reason()
        )
    elif action == "keep":
        repositories().published_first.keep([observed], moderator_id=g.moderator.id)
    else:
        repositories().published_first.put_back(observed, moderator_id=g.moderator.id)
    undo = f"{observed.id}.{observed.state.version}" if action == "keep" else None
    return _back(action, undo)


@published_first.post("/published-first/keep")
def keep_shown() -> ResponseReturnValue:
    """Leave all published that the page showed."""
    repositories().published_first.keep(chosen_comments(), moderator_id=g.moderator.id)
    return _back("shown")


def _back(done: str, undo: str | None = None) -> ResponseReturnValue:
    url = url_for("moderate.published_first.overview", site=site_filter(), done=done, undo=undo)
    return redirect(url, HTTPStatus.SEE_OTHER)


def _kept() -> ObservedComment | None:
    """The comment that was just left published, by the query's `undo=ID.VERSION`."""
    comment_id, _, version = request.args.get("undo", "").partition(".")
    if not comment_id:
        return None
    return ObservedComment(comment_id, ObservedState(Status.APPROVED, parse_int(version, "undo")))
