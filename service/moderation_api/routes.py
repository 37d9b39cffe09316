"""The moderation API: the queue as JSON, for moderators' programs and sites' own servers."""

from collections.abc import Sequence
from typing import Literal

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from moderation.comments import CommentNotFound, QueueSection, Status
from moderation.review.notes import Note, note_text
from moderation.storage.decisions.moderator_decisions import (
    ObservedComment,
    ObservedState,
    ReviewStatus,
)
from moderation.storage.decisions.reasons import reason_as_json
from moderation.storage.review.queue import Flagged
from service.http.body import fields_of
from service.http.formats import rfc3339
from service.http.params import parse_choice, parse_int
from service.moderation_api.campaigns import campaigns
from service.moderation_api.credentials import (
    moderator_id,
    moderator_of_token,
    require_credential,
)
from service.moderation_api.request_fields import limit_of_query, reject_reason
from service.moderation_api.site_policy import site_policy
from service.moderators.request.params import site_filter
from service.moderators.request.repositories import repositories
from service.problems.errors import InvalidQuery

moderation_api = Blueprint("moderation_api", __name__, url_prefix="/v1/moderation")
moderation_api.register_blueprint(campaigns)
moderation_api.register_blueprint(site_policy)
PUBLISHED_FIRST: Literal["published_first"] = "published_first"  # a section beside the queue's
DECISIONS: tuple[ReviewStatus, ...] = (Status.APPROVED, Status.REJECTED, Status.FLAGGED)


moderation_api.before_request(require_credential)


@moderation_api.after_request
def _forbid_caching(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Authorization")
    return response


@moderation_api.get("/queue")
def queue() -> ResponseReturnValue:
    site, limit = site_filter(), limit_of_query()
    section, after = _section(), _after()
    counted, unseen = repositories().count_waiting(site), repositories().published_first
    numbers: dict[str, int] = {name: counted.of(name) for name in QueueSection}
    numbers[PUBLISHED_FIRST] = unseen.number(site)
    if section == PUBLISHED_FIRST:
        cards = unseen.first(limit + 1, site, after)
        waiting = [repositories().queue.one(card.comment.id) for card in cards]
    else:
        waiting = repositories().queue.first(limit + 1, site=site, section=section, after=after)
    shown = waiting[:limit]
    return jsonify(
        waiting=counted.total if section is None else numbers[section],
        sections=numbers,
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
    reason = reject_reason(fields.get("reason"), status)
    # The version alone says what the comment was: with another version the status does not count.
    observed = ObservedState(repositories().queue.one(comment_id).comment.status, version)
    repositories().queue.decide(
        ObservedComment(comment_id, observed), status, moderator_id=moderator_id(), reason=reason
    )
    return comment(comment_id)


@moderation_api.post("/comments/<comment_id>/seen")
def seen(comment_id: str) -> ResponseReturnValue:
    """Leave published what was published first, as it was at a version.

    Raises:
        DecisionConflict: The comment has another version by now, or somebody looked first.
    """
    version = parse_int(str(fields_of(request).get("version")), "version", least=1)
    observed = ObservedComment(comment_id, ObservedState(Status.APPROVED, version))
    repositories().published_first.keep([observed], moderator_id=moderator_id())
    return comment(comment_id)


@moderation_api.put("/comments/<comment_id>/pin")
def pin(comment_id: str) -> ResponseReturnValue:
    repositories().pins.pin(comment_id, moderator_id=moderator_id())
    return comment(comment_id)


@moderation_api.delete("/comments/<comment_id>/pin")
def unpin(comment_id: str) -> ResponseReturnValue:
    repositories().pins.unpin(comment_id, moderator_id=moderator_id())
    return comment(comment_id)


@moderation_api.post("/comments/<comment_id>/notes")
def note(comment_id: str) -> ResponseReturnValue:
    author = moderator_of_token("notes are between moderators")
    text = fields_of(request).get("note")
    repositories().notes.add(
        comment_id, note_text(text if isinstance(text, str) else ""), moderator_id=author
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
        "section": _section_of(card),
        "site": comment.site,
        "page": comment.page,
        "url": card.url,
        "title": card.title,
        "name": comment.name,
        "text": comment.text,
        "submitted_at": rfc3339(comment.submitted_at),
        "edited_at": comment.edited_at and rfc3339(comment.edited_at),
        "parent": comment.parent,
        "staff": comment.is_staff,
        "pinned": comment.is_pinned,
        "reasons": [reason_as_json(reason) for reason in card.reasons],
        "scores": dict(card.scores),
        "name_scores": dict(card.name_scores),
        "model": card.model,
        "notes": [_note_json(note) for note in notes],
    }


def _section_of(card: Flagged) -> str | None:
    if card.comment.is_unseen:
        return PUBLISHED_FIRST
    return card.section if card.comment.status is Status.FLAGGED else None


def _note_json(note: Note) -> dict[str, object]:
    return {"by": note.by, "text": note.text, "written_at": rfc3339(note.written_at)}


def _section() -> QueueSection | Literal["published_first"] | None:
    """The one section that is asked for; None means all that is not public yet."""
    value = request.args.get("section")
    if value == PUBLISHED_FIRST:
        return PUBLISHED_FIRST
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
