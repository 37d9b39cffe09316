"""The queue: what waits, oldest first, and a decision about each."""

from http import HTTPStatus

from flask import Blueprint, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.comments import CommentNotFound, Status
from moderation.storage.queue import Decided
from service.errors import InvalidQuery
from service.moderators.session import (
    asked_site,
    require_moderator,
    review_queue,
    sites_within_reach,
)
from service.parts import parts

queue = Blueprint("queue", __name__)
queue.before_request(require_moderator)
PER_PAGE = 20
_STATUSES: dict[str, Decided] = {"approve": Status.APPROVED, "reject": Status.REJECTED}
_NOTICES = {
    "approved": "Approved: readers see it now.",
    "rejected": "Rejected: readers will not see it.",
    "password": "Your password is set.",
}


@queue.get("/")
@queue.get("")
def waiting() -> ResponseReturnValue:
    site, after = asked_site(), _after()
    found = review_queue().oldest(PER_PAGE + 1, site=site, after=after)
    return render_template(
        "moderators/queue.html",
        cards=found[:PER_PAGE],
        more=len(found) > PER_PAGE,
        waiting=review_queue().waiting(site),
        sites=sites_within_reach(),
        site=site,
        after=after,
        notice=_NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )


@queue.post("/comments/<comment_id>/<any(approve, reject):action>")
def decide(comment_id: str, action: str) -> ResponseReturnValue:
    """Back to where the form stood, or for its script what is new there."""
    site, after = asked_site(), _after()
    status = _STATUSES[action]
    review_queue().decide(_known_by(comment_id), _version(), status, moderator_id=g.moderator.id)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(done=_NOTICES[status], waiting=review_queue().waiting(site))
    here = url_for("moderate.queue.waiting", site=site, after=after, done=status)
    return redirect(here, HTTPStatus.SEE_OTHER)


def _after() -> str | None:
    after = request.args.get("after")
    return _known_by(after) if after else None


def _known_by(comment_id: str) -> str:
    if not comment_id.isprintable():  # NUL, which PostgreSQL refuses even to look for
        raise CommentNotFound(comment_id)
    return comment_id


def _version() -> int:
    value = request.form.get("version", "")
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        sentence = "version must be the comment's, a whole number"
        raise InvalidQuery(sentence, field="version")
    return int(value)
