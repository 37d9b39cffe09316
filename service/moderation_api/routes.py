"""The moderation API: the queue as JSON, for programs that act in a moderator's name."""

from collections.abc import Sequence

from flask import Blueprint, Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from moderation.accounts.moderators import WrongToken
from moderation.audit_chain import AuditAction, moderator_actor
from moderation.comments import CommentNotFound, QueueSection, Status
from moderation.review.notes import Note, RejectReason, note_text
from moderation.storage.decisions.moderator_decisions import (
    ObservedComment,
    ObservedState,
    ReviewStatus,
)
from moderation.storage.decisions.reasons import reason_as_json
from moderation.storage.review.queue import Flagged
from service.http.body import fields_of
from service.http.formats import rfc3339
from service.http.params import parse_choice, parse_int, parse_limit
from service.moderators.request.params import site_filter
from service.moderators.request.repositories import repositories
from service.problems.errors import InvalidQuery
from service.wiring.credential_audit import audit_use
from service.wiring.parts import parts

moderation_api = Blueprint("moderation_api", __name__, url_prefix="/v1/moderation")
MAX_LIMIT = 100
DEFAULT_LIMIT = 20
DECISIONS: tuple[ReviewStatus, ...] = (Status.APPROVED, Status.REJECTED, Status.FLAGGED)


@moderation_api.before_request
def require_token() -> None:
    """Before every request: set `g.moderator` by the token; raises WrongToken."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise WrongToken
    holder = parts().api_tokens.holder(token.strip())
    g.moderator = holder.moderator
    whose = moderator_actor(holder.moderator.name)
    audit_use(token.strip(), AuditAction.TOKEN_USED, whose, holder.token_name)


@moderation_api.after_request
def _forbid_caching(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Authorization")
    return response


@moderation_api.get("/queue")
def queue() -> ResponseReturnValue:
    site, limit = site_filter(), parse_limit(default=DEFAULT_LIMIT, most=MAX_LIMIT)
    section, numbers = _section(), repositories().count_waiting(site)
    waiting = repositories().queue.first(limit + 1, site=site, section=section, after=_after())
    shown = waiting[:limit]
    return jsonify(
        waiting=numbers.of(section),
        sections={name: numbers.of(name) for name in QueueSection},
        comments=_comments_json(shown),
        next=shown[-1].comment.id if len(waiting) > limit else None,
    )


@moderation_api.get("/comments/<comment_id>")
def comment(comment_id: str) -> ResponseReturnValue:
    return jsonify(*_comments_json([repositories().queue.one(comment_id)]))


@moderation_api.post("/comments/<comment_id>/decision")
def decide(comment_id: str) -> ResponseReturnValue:
    """Decide the comment as it was at a version.

    Raises:
        DecisionConflict: The comment has another version by now, which the error has.
    """
    fields = fields_of(request)
    status = parse_choice(fields.get("status"), DECISIONS, "status")
    version = parse_int(str(fields.get("version")), "version", least=1)
    reason = _reject_reason(fields.get("reason"), status)
    # The version alone says what the comment was: with another version the status does not count.
    observed = ObservedState(repositories().queue.one(comment_id).comment.status, version)
    repositories().queue.decide(
        ObservedComment(comment_id, observed), status, moderator_id=g.moderator.id, reason=reason
    )
    return comment(comment_id)


@moderation_api.post("/comments/<comment_id>/notes")
def note(comment_id: str) -> ResponseReturnValue:
    text = fields_of(request).get("note")
    repositories().notes.add(
        comment_id, note_text(text if isinstance(text, str) else ""), moderator_id=g.moderator.id
    )
    return comment(comment_id)


def _comments_json(cards: Sequence[Flagged]) -> list[dict[str, object]]:
    notes = repositories().notes.of([card.comment.id for card in cards])
    return [_comment_json(card, notes.get(card.comment.id, ())) for card in cards]


def _comment_json(card: Flagged, notes: Sequence[Note]) -> dict[str, object]:
    comment = card.comment
    return {
        "id": comment.id,
        "version": comment.version,
        "status": comment.status,
        "section": card.section if comment.status is Status.FLAGGED else None,
        "site": comment.site,
        "page": comment.page,
        "url": card.url,
        "title": card.title,
        "name": comment.name,
        "text": comment.text,
        "submitted_at": rfc3339(comment.submitted_at),
        "parent": comment.parent,
        "staff": comment.is_staff,
        "reasons": [reason_as_json(reason) for reason in card.reasons],
        "scores": dict(card.scores),
        "name_scores": dict(card.name_scores),
        "model": card.model,
        "notes": [_note_json(note) for note in notes],
    }


def _note_json(note: Note) -> dict[str, object]:
    return {"by": note.by, "text": note.text, "written_at": rfc3339(note.written_at)}


def _section() -> QueueSection | None:
    """The one section that is asked for; None means both."""
    value = request.args.get("section")
    return parse_choice(value, QueueSection, "section") if value else None


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
    """Why the comment is rejected, `other` by default; None for any other decision."""
    if status is not Status.REJECTED and value is None:
        return None
    if status is not Status.REJECTED or value not in (None, *RejectReason):
        sentence = f"reason must be one of {', '.join(RejectReason)}, and of a rejection only"
        raise InvalidQuery(sentence, field="reason")
    return RejectReason.OTHER if value is None else RejectReason(str(value))
