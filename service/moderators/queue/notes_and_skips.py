"""What is noted about a card without deciding it: a note, a skip."""

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from moderation.review.notes import note_text
from service.moderators.display.labels import NOTICES
from service.moderators.request.access import require_moderator
from service.moderators.request.params import valid_comment_id, wants_json
from service.moderators.request.redirects import (
    redirect_back,
    redirect_to_next_card,
    single_card_mode,
)
from service.moderators.request.repositories import repositories

aside = Blueprint("aside", __name__)
aside.before_request(require_moderator)


@aside.post("/comments/<comment_id>/note")
def note(comment_id: str) -> ResponseReturnValue:
    text = note_text(request.form.get("note", ""))
    repositories().notes.add(valid_comment_id(comment_id), text, moderator_id=g.moderator.id)
    if wants_json():
        return jsonify(done=NOTICES["noted"], by=g.moderator.name, note=text)
    if single_card_mode():  # the card stays: it was not decided
        repositories().holds.renew(comment_id, g.moderator.id)
    return redirect_back(done="noted")


@aside.post("/comments/<comment_id>/skip")
def skip(comment_id: str) -> ResponseReturnValue:
    repositories().holds.skip(valid_comment_id(comment_id), g.moderator.id)
    return (
        jsonify(done=NOTICES["skipped"]) if wants_json() else redirect_to_next_card(done="skipped")
    )
