"""Parameters of the moderators' pages and forms, checked."""

from flask import request

from moderation.comments import CommentNotFound, QueueSection, Status
from moderation.review.erase_reasons import EraseReason
from moderation.review.notes import RejectReason
from moderation.sites import SiteNotFound
from moderation.storage.decisions.moderator_decisions import (
    ObservedComment,
    ObservedState,
    ReviewStatus,
)
from moderation.storage.review.queue_orders import QueueOrder
from service.http.params import parse_choice, parse_int
from service.moderators.request.repositories import repositories
from service.problems.errors import InvalidQuery

MAX_PAGE_ID = 2**62  # the most that a database can look for
# What a form's address calls a decision.
STATUS_BY_ACTION: dict[str, ReviewStatus] = {
    "approve": Status.APPROVED,
    "keep": Status.APPROVED,
    "reject": Status.REJECTED,
    "reopen": Status.FLAGGED,
}


def site_filter() -> str | None:
    """The name of the one site to show, None for all.

    Raises:
        SiteNotFound: The moderator has no site of this name.
    """
    name = request.args.get("site") or None
    if name not in (None, *(site.name for site in repositories().sites)):
        raise SiteNotFound(name)
    return name


def queue_section() -> QueueSection:
    """The section of the queue, what is in doubt by default; raises InvalidQuery."""
    value = request.args.get("section") or QueueSection.IN_DOUBT
    return parse_choice(value, QueueSection, "section")


def queue_order() -> QueueOrder:
    """The order of the cards; raises InvalidQuery.

    By default what is in doubt comes oldest first, what is likely to be rejected by its score.
    """
    is_likely = queue_section() is QueueSection.LIKELY_REJECTED
    default = QueueOrder.SCORE if is_likely else QueueOrder.OLDEST
    return parse_choice(request.args.get("order") or default, QueueOrder, "order")


def after_id() -> str | None:
    """The public id of the comment that the page follows, if any."""
    after = request.args.get("after")
    return valid_comment_id(after) if after else None


def valid_comment_id(comment_id: str) -> str:
    """An id that a database can look for; raises CommentNotFound."""
    if not comment_id.isprintable():  # NUL, which PostgreSQL refuses even to look for
        raise CommentNotFound(comment_id)
    return comment_id


def observed_comment(comment_id: str) -> ObservedComment:
    """The comment as the form's page showed it; flagged if the form gives no status."""
    status = parse_choice(request.form.get("status", Status.FLAGGED), Status, "status")
    version = parse_int(request.form.get("version", ""), "version")
    return ObservedComment(valid_comment_id(comment_id), ObservedState(status, version))


def chosen_comments() -> list[ObservedComment]:
    """The cards that a form has checked, each as ID.VERSION.STATUS, as they were seen.

    Without a status they were seen in the queue.

    Raises:
        InvalidQuery: None is checked, or one is written otherwise.
    """
    chosen = [value.split(".", 2) for value in request.form.getlist("chosen")]
    if not chosen:
        sentence = "check at least one comment"
        raise InvalidQuery(sentence, field="chosen")
    return [_chosen(*value) for value in chosen]


def _chosen(comment_id: str, version: str = "", status: str = Status.FLAGGED) -> ObservedComment:
    state = ObservedState(parse_choice(status, Status, "chosen"), parse_int(version, "chosen"))
    return ObservedComment(valid_comment_id(comment_id), state)


def undo_offer() -> ObservedComment | None:
    """The comment that was just decided, by the query's `undo=ID.VERSION`; None if it is none."""
    done = request.args.get("done", "")
    comment_id, _, version = request.args.get("undo", "").partition(".")
    if done not in (Status.APPROVED, Status.REJECTED) or not comment_id:
        return None
    try:
        return ObservedComment(comment_id, ObservedState(Status(done), parse_int(version, "undo")))
    except InvalidQuery:
        return None


def reject_reason() -> RejectReason:
    """Why the comment is rejected; `other` where the form does not say."""
    return parse_choice(request.form.get("reason") or RejectReason.OTHER, RejectReason, "reason")


def erase_reason() -> EraseReason:
    """Why the comment is erased; `other` where the form does not say."""
    return parse_choice(request.form.get("reason") or EraseReason.OTHER, EraseReason, "reason")


def percent_score(value: str, *, least: float) -> float:
    """A score from 0 to 1, written in percent as "85" or "85 %"; raises InvalidQuery."""
    try:
        percent = float(value.strip().removesuffix("%"))
    except ValueError:
        percent = -1
    if not least <= percent <= 100:
        sentence = f"the score must be percent from {least:g} to 100, for example 85"
        raise InvalidQuery(sentence, field="from")
    return round(percent / 100, 6)


def wants_json() -> bool:
    """Whether a script asks, and not a browser for a page."""
    return request.accept_mimetypes.best == "application/json"
