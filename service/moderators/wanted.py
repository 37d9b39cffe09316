"""What a request about the queue asks for, checked; and the page it came from."""

from http import HTTPStatus

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from moderation.comments import CommentNotFound, Status
from moderation.review import RejectReason
from moderation.storage.orders import QueueOrder
from moderation.storage.revisions import Seen
from service.errors import InvalidQuery
from service.moderators.desk import desk
from service.moderators.session import asked_site

_REVISED = {each.value: each for each in (Status.FLAGGED, Status.APPROVED, Status.REJECTED)}
_PAGES = {"one": "moderate.one.card", "decided": "moderate.decided.page"}
_KEPT = ("site", "order", "after", "whose", "before")  # of the page's address


def order_wanted() -> QueueOrder:
    """Oldest first unless another is asked for; raises InvalidQuery."""
    value = request.args.get("order") or QueueOrder.OLDEST
    if value not in list(QueueOrder):
        sentence = f"order must be one of {', '.join(QueueOrder)}"
        raise InvalidQuery(sentence, field="order")
    return QueueOrder(value)


def after_wanted() -> str | None:
    """The public id of the comment that the page follows, if any."""
    after = request.args.get("after")
    return known_by(after) if after else None


def known_by(comment_id: str) -> str:
    """An id that a database can be asked for; raises CommentNotFound."""
    if not comment_id.isprintable():  # NUL, which PostgreSQL refuses even to look for
        raise CommentNotFound(comment_id)
    return comment_id


def seen(comment_id: str) -> Seen:
    """The comment as the form's page showed it, flagged if it says nothing else."""
    status = request.form.get("status", Status.FLAGGED)
    if status not in _REVISED:
        sentence = f"status must be one of {', '.join(_REVISED)}"
        raise InvalidQuery(sentence, field="status")
    return Seen(known_by(comment_id), _REVISED[status], number(request.form.get("version", "")))


def reject_reason() -> RejectReason:
    """Why it is rejected; `other` where the form does not say."""
    value = request.form.get("reason") or RejectReason.OTHER
    if value not in list(RejectReason):
        sentence = f"reason must be one of {', '.join(RejectReason)}"
        raise InvalidQuery(sentence, field="reason")
    return RejectReason(value)


def number(value: str, field: str = "version") -> int:
    """A whole number that any column holds; raises InvalidQuery."""
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        sentence = f"{field} must be a whole number"
        raise InvalidQuery(sentence, field=field)
    return int(value)


def wants_json() -> bool:
    """Whether a script asks, not a form."""
    return request.accept_mimetypes.best == "application/json"


def one_at_a_time() -> bool:
    """Whether the form stood on the page of one card."""
    return request.args.get("back") == "one"


def go_on(**news: object) -> Response:
    """As `back`, with the next card where they come one at a time."""
    if one_at_a_time():
        desk().holds.take(g.moderator.id, order_wanted(), site=asked_site())
    return back(**news)


def back(**news: object) -> Response:
    """To the page where the form stood, with what is new."""
    page = _PAGES.get(request.args.get("back", ""), "moderate.queue.waiting")
    kept = {name: request.args[name] for name in _KEPT if request.args.get(name)}
    return redirect(url_for(page, **kept, **news), HTTPStatus.SEE_OTHER)  # type: ignore[arg-type]
