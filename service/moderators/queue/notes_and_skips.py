"""What is noted about a card without deciding it: a note, a skip."""

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from moderation.review.notes import note_text
from service.moderators.display.labels import NOTICES
from service.moderators.request.params import back, go_on, known_by, one_at_a_time, wants_json
from service.moderators.request.repositories import desk
from service.moderators.request.sessions import require_moderator

aside = Blueprint("aside", __name__)
aside.before_request(require_moderator)


@aside.post("/comments/<comment_id>/note")
def note(comment_id: str) -> ResponseReturnValue:
    text = note_text(request.form.get("note", ""))
    desk().notes.add(known_by(comment_id), text, moderator_id=g.moderator.id)
    if wants_json():
        return jsonify(done=NOTICES["noted"], by=g.moderator.name, note=text)
    if one_at_a_time():  # the card stays: it was not decided
        desk().holds.renew(comment_id, g.moderator.id)
    return back(done="noted")


@aside.post("/comments/<comment_id>/skip")
def skip(comment_id: str) -> ResponseReturnValue:
    desk().holds.skip(known_by(comment_id), g.moderator.id)
    return jsonify(done=NOTICES["skipped"]) if wants_json() else go_on(done="skipped")
