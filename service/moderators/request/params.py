"""What a request about the queue asks for, checked; and the page it came from."""

from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from moderation.comments import CommentNotFound, Status
from moderation.review.notes import RejectReason
from moderation.storage.decisions.moderator_decisions import Basis, Seen
from moderation.storage.review.queue_orders import QueueOrder
from service.http.params import parse_choice, parse_int
from service.moderators.request.repositories import desk
from service.moderators.request.sessions import asked_site
from service.problems.errors import InvalidQuery

_SEEN = tuple(each for each in Status if each is not Status.DELETED)
_KEPT = ("site", "order", "after")  # of the page's address


def order_wanted() -> QueueOrder:
    """Oldest first unless another is asked for; raises InvalidQuery."""
    return parse_choice(request.args.get("order") or QueueOrder.OLDEST, QueueOrder, "order")


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
    status = parse_choice(request.form.get("status", Status.FLAGGED), _SEEN, "status")
    version = parse_int(request.form.get("version", ""), "version")
    return Seen(known_by(comment_id), Basis(status, version))


def undo_offered() -> Seen | None:
    """The comment that the page's address says was just decided: ID.VERSION; None if it is none."""
    done = request.args.get("done", "")
    comment_id, _, version = request.args.get("undo", "").partition(".")
    if done not in (Status.APPROVED, Status.REJECTED) or not comment_id:
        return None
    try:
        return Seen(comment_id, Basis(Status(done), parse_int(version, "undo")))
    except InvalidQuery:
        return None


def reject_reason() -> RejectReason:
    """Why it is rejected; `other` where the form does not say."""
    return parse_choice(request.form.get("reason") or RejectReason.OTHER, RejectReason, "reason")


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
    """To the page where the form stood, with what is new.

    A form says which page by the address that it is sent to, or in its field `back`.
    """
    if stood := _address_of_form():
        news.pop("undo", None)  # the comment is still there, with its buttons
        return redirect(with_news(stood, **news), HTTPStatus.SEE_OTHER)
    page = "moderate.one.card" if one_at_a_time() else "moderate.queue.waiting"
    kept = {name: request.args[name] for name in _KEPT if request.args.get(name)}
    return redirect(url_for(page, **kept, **news), HTTPStatus.SEE_OTHER)  # type: ignore[arg-type]


def with_news(address: str, **news: object) -> str:
    """An address of ours with these things said in its query."""
    here = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(here.query) if name not in news]
    return f"{here.path}?{urlencode([*kept, *news.items()])}"


def _address_of_form() -> str | None:
    """What the form says of where it stood, if it is an address of ours."""
    try:
        here = urlsplit(request.form.get("back", ""))
    except ValueError:
        return None
    home = url_for("moderate.queue.waiting")
    is_ours = not here.scheme and not here.netloc and f"{here.path}/".startswith(f"{home}/")
    return here.geturl() if is_ours and here.path else None
