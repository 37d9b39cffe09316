"""The fields of a comment as its author, or whoever may see it, gets it."""

from datetime import datetime

from flask import Response, g, jsonify

from moderation.comments import Comment, Status
from moderation.own_comments.appeals import Appeal
from moderation.own_comments.edits import edit_deadline
from moderation.own_comments.own_state import OwnState
from service.http.formats import rfc3339
from service.wiring.parts import parts


def own_answer(comment: Comment, *, by_author: bool = True) -> Response:
    """The answer with a comment of `g.site`, as `own_fields` gives it."""
    response = jsonify(own_fields(comment, by_author=by_author))
    response.headers["Cache-Control"] = "no-store"
    return response


def own_fields(comment: Comment, *, by_author: bool = True) -> dict[str, object]:
    """The fields of a comment; those that only its author may know are null for others."""
    state = parts().own_states.of(comment.id) if by_author else None
    until = None if state is None else edit_until(comment, state)
    return {
        "id": comment.id,
        "status": comment.status,
        "page": comment.page,
        "name": comment.name,
        "text": comment.text,
        "submitted_at": rfc3339(comment.submitted_at),
        "edited_at": comment.edited_at and rfc3339(comment.edited_at),
        "parent": comment.parent,
        "erased": comment.status is Status.ERASED,
        "edit_until": until and rfc3339(until),
        "reason": state and state.reason,
        "may_appeal": state is not None and may_appeal(comment, state),
        "appeal": _appeal_fields(None if state is None else state.appeal),
    }


def edit_until(comment: Comment, state: OwnState) -> datetime | None:
    """Until when its author may change it; None where they may not, or not any more."""
    deadline = edit_deadline(comment, g.site.edit_minutes)
    if deadline is None or deadline < parts().clock() or state.is_decided_by_person:
        return None
    return deadline


def may_appeal(comment: Comment, state: OwnState) -> bool:
    """Whether its author may ask for another look."""
    return comment.status is Status.REJECTED and state.appeal is None


def _appeal_fields(appeal: Appeal | None) -> dict[str, object] | None:
    if appeal is None:
        return None
    return {
        "text": appeal.text,
        "appealed_at": rfc3339(appeal.appealed_at),
        "decided_at": appeal.decided_at and rfc3339(appeal.decided_at),
        "status": appeal.status,
        "answer": appeal.answer,
    }
