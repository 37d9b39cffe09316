"""The history of an author on a site, and sanctions against the author."""

from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.sanctions import DURATIONS, InvalidSanction, SanctionKind, sanction_reason
from moderation.storage.review.author_history import Author, AuthorKey
from service.http.params import form_value, parse_choice
from service.moderators.display.labels import NOTICES
from service.moderators.request.access import require_moderator
from service.moderators.request.params import after_id, valid_comment_id
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

author = Blueprint("author", __name__)
author.before_request(require_moderator)
PER_PAGE = 50


@author.get("/comments/<comment_id>/author")
def history(comment_id: str) -> ResponseReturnValue:
    person = repositories().authors.of(valid_comment_id(comment_id), _matched_by())
    comments = repositories().authors.comments(person, limit=PER_PAGE + 1, after=after_id())
    shown = comments[:PER_PAGE]
    return render_template(
        "moderators/author_history.html",
        author=person,
        comments=shown,
        more=len(comments) > PER_PAGE,
        notes=repositories().notes.of([comment.id for comment in shown]),
        sanctions=repositories().sanctions.of_author(comment_id) if person.has_address else [],
        recognised_until=_recognised_until(person),
        proxy_warning=None if person.has_address else parts().proxy_warning(),
        lengths=DURATIONS,
        notice=NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )


@author.post("/comments/<comment_id>/author/sanctions")
def impose_sanction(comment_id: str) -> ResponseReturnValue:
    person = repositories().authors.of(valid_comment_id(comment_id))
    kind, until = parse_choice(form_value("kind"), SanctionKind, "kind"), _until(person)
    reason = sanction_reason(request.form.get("reason", ""))
    repositories().sanctions.impose(
        comment_id, kind, until, moderator_id=g.moderator.id, reason=reason
    )
    return _redirect_to_history(comment_id, "sanctioned")


@author.post("/comments/<comment_id>/author/sanctions/<int(max=999999999):sanction_id>/lift")
def lift_sanction(comment_id: str, sanction_id: int) -> ResponseReturnValue:
    repositories().sanctions.lift(
        valid_comment_id(comment_id), sanction_id, moderator_id=g.moderator.id
    )
    return _redirect_to_history(comment_id, "lifted")


def _redirect_to_history(comment_id: str, done: str) -> ResponseReturnValue:
    return redirect(url_for(".history", comment_id=comment_id, done=done), HTTPStatus.SEE_OTHER)


def _matched_by() -> AuthorKey | None:
    value = request.args.get("by")
    return parse_choice(value, AuthorKey, "by") if value else None


def _until(person: Author) -> datetime:
    """When the sanction ends: with the key of the address hash at the latest."""
    length = DURATIONS[parse_choice(form_value("length"), DURATIONS, "length")]
    recognised_until = _recognised_until(person)
    if recognised_until is None:
        sentence = "this author cannot be recognised by the address any more"
        raise InvalidSanction(sentence)
    return min(parts().clock() + length, recognised_until)


def _recognised_until(person: Author) -> datetime | None:
    """None where no address was kept, or its key was replaced since."""
    until = parts().addresses.recognised_until(person.seen_at)
    return until if person.has_address and until > parts().clock() else None
