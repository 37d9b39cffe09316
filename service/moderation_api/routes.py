"""The moderators' queue as JSON, asked for by a program in a moderator's name."""

from collections.abc import Sequence

from flask import Blueprint, Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from moderation.accounts.moderators import WrongToken
from moderation.comments import CommentNotFound, Status
from moderation.policy import Reason
from moderation.review.notes import Note, RejectReason, note_text
from moderation.storage.decisions.moderator_decisions import (
    ObservedComment,
    ObservedState,
    ReviewStatus,
)
from moderation.storage.review.queue import Flagged
from service.http.body import fields_of
from service.http.formats import rfc3339
from service.http.params import parse_choice, parse_int, parse_limit
from service.moderators.request.params import site_filter
from service.moderators.request.repositories import repositories
from service.problems.errors import InvalidQuery
from service.wiring.parts import parts

moderation_api = Blueprint("moderation_api", __name__, url_prefix="/v1/moderation")
MAX_LIMIT = 100
DEFAULT_LIMIT = 20
DECISIONS: tuple[ReviewStatus, ...] = (Status.APPROVED, Status.REJECTED, Status.FLAGGED)


@moderation_api.before_request
def require_token() -> None:
    """Before every request: in whose name; raises WrongToken."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise WrongToken
    g.moderator = parts().api_tokens.moderator(token.strip())


@moderation_api.after_request
def _keep_nowhere(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Authorization")
    return response


@moderation_api.get("/queue")
def waiting() -> ResponseReturnValue:
    site, limit = site_filter(), parse_limit(default=DEFAULT_LIMIT, most=MAX_LIMIT)
    found = repositories().queue.first(limit + 1, site=site, after=_after())
    shown = found[:limit]
    return jsonify(
        waiting=repositories().count_waiting(site),
        comments=_as_json(shown),
        next=shown[-1].comment.id if len(found) > limit else None,
    )


@moderation_api.get("/comments/<comment_id>")
def one(comment_id: str) -> ResponseReturnValue:
    return jsonify(*_as_json([repositories().queue.one(comment_id)]))


@moderation_api.post("/comments/<comment_id>/decision")
def decide(comment_id: str) -> ResponseReturnValue:
    """Of the comment as it was at a version; LostRace says what it is now."""
    fields = fields_of(request)
    status = parse_choice(fields.get("status"), DECISIONS, "status")
    version = parse_int(str(fields.get("version")), "version", least=1)
    reason = _reject_reason(fields.get("reason"), status)
    # The version says what the comment was: if it is another one by now, this is of no account.
    basis = ObservedState(repositories().queue.one(comment_id).comment.status, version)
    repositories().queue.decide(
        ObservedComment(comment_id, basis), status, moderator_id=g.moderator.id, reason=reason
    )
    return one(comment_id)


@moderation_api.post("/comments/<comment_id>/notes")
def note(comment_id: str) -> ResponseReturnValue:
    text = fields_of(request).get("note")
    repositories().notes.add(
        comment_id, note_text(text if isinstance(text, str) else ""), moderator_id=g.moderator.id
    )
    return one(comment_id)


def _as_json(some: Sequence[Flagged]) -> list[dict[str, object]]:
    notes = repositories().notes.of([each.comment.id for each in some])
    return [_one_as_json(each, notes.get(each.comment.id, ())) for each in some]


def _one_as_json(each: Flagged, notes: Sequence[Note]) -> dict[str, object]:
    comment = each.comment
    return {
        "id": comment.id,
        "version": comment.version,
        "status": comment.status,
        "site": comment.site,
        "page": comment.page,
        "url": each.url,
        "title": each.title,
        "name": comment.name,
        "text": comment.text,
        "submitted_at": rfc3339(comment.submitted_at),
        "parent": comment.parent,
        "reasons": [_reason(reason) for reason in each.reasons],
        "scores": dict(each.scores),
        "model": each.model,
        "notes": [_note(note) for note in notes],
    }


def _reason(reason: Reason) -> dict[str, object]:
    return {"rule": reason.rule, "score": reason.score, "threshold": reason.threshold}


def _note(note: Note) -> dict[str, object]:
    return {"by": note.by, "text": note.text, "written_at": rfc3339(note.written_at)}


def _after() -> str | None:
    try:
        after = request.args.get("after") or None
        if after is not None:
            repositories().queue.one(after)
    except CommentNotFound as error:
        sentence = "after must be the next of an earlier answer"
        raise InvalidQuery(sentence, field="after") from error
    return after


def _reject_reason(value: object, status: Status) -> RejectReason | None:
    """Why it is rejected: `other` where nothing is said; of no other decision."""
    if status is not Status.REJECTED and value is None:
        return None
    if status is not Status.REJECTED or value not in (None, *RejectReason):
        sentence = f"reason must be one of {', '.join(RejectReason)}, and of a rejection only"
        raise InvalidQuery(sentence, field="reason")
    return RejectReason.OTHER if value is None else RejectReason(str(value))
