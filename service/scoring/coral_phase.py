"""Coral's external moderation phase: a signed question before a comment is published."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, request

from moderation.comments import Status
from moderation.pages.page_keys import key_of_address
from moderation.policy import ADVERT_WORDS, ATTRIBUTES, CONTACT, Decision, Part
from moderation.sites import Site
from moderation.storage.rules.comment_circumstances import UnstoredComment
from moderation.text.html_text import text_of_html
from moderation.text.near_duplicates import fingerprint
from service.problems.errors import MalformedBody, WrongSignature
from service.scoring.judgement import judge_one
from service.scoring.sent_circumstances import circumstances_of
from service.wiring.parts import parts

coral = Blueprint("coral", __name__)
SIGNATURE = "X-Coral-Signature"
_SPAM = ("spam", CONTACT, ADVERT_WORDS)
_FLAGS = {True: "COMMENT_DETECTED_SPAM", False: "COMMENT_DETECTED_TOXIC"}
_MOST_SIGNATURES = 10


@coral.post("/coral/<site_name>")
def answer_phase(site_name: str) -> Response:
    """Say what becomes of the comment; `{}` leaves it to the phases that follow in Coral."""
    site = parts().site_cache.get(site_name)
    body = request.get_data()
    _check_signature(body, site)
    limit = parts().settings.score_limit
    parts().limits.hit(limit, what="coral", who=site.name)
    text, page = _asked(body)
    asked = UnstoredComment(page, None, None, fingerprint(text))
    decision = judge_one("", text, site, circumstances_of(site, [asked])[0]).decision
    response = jsonify(_opinion(decision))
    response.headers["Cache-Control"] = "no-store"
    return response


def _check_signature(body: bytes, site: Site) -> None:
    """Raise WrongSignature unless a secret of the site signed the bytes as they came."""
    sent = request.headers.get(SIGNATURE, "").split(",")[:_MOST_SIGNATURES]
    for secret in site.coral_secrets:
        own = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        if any(hmac.compare_digest(own.encode(), one.strip().encode()) for one in sent):
            return
    sentence = (
        f"no secret of the site {site.name} signed this: `parley site coral {site.name} --add`"
        " takes the one that Coral shows"
    )
    raise WrongSignature(sentence)


def _asked(body: bytes) -> tuple[str, str | None]:
    """The comment's text, which Coral sends as HTML or plain text, and the key of its page."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        sentence = "the body is not JSON as Coral sends it"
        raise MalformedBody(sentence) from error
    comment = fields.get("comment") if isinstance(fields, dict) else None
    text = comment.get("body") if isinstance(comment, dict) else None
    if not isinstance(text, str):
        sentence = 'the body must be an object with {"comment": {"body": "..."}}, as Coral sends it'
        raise MalformedBody(sentence)
    story = fields.get("story")
    url = story.get("url") if isinstance(story, dict) else None
    return text_of_html(text), key_of_address(url) if isinstance(url, str) else None


def _opinion(decision: Decision) -> dict[str, Any]:
    if decision.status is Status.APPROVED:
        return {}
    flags = _flags([reason.rule for reason in decision.reasons if reason.part is Part.TEXT])
    actions = {"actions": flags} if flags else {}
    if decision.status is Status.REJECTED:
        return {"status": "REJECTED", **actions}
    return {"status": "SYSTEM_WITHHELD" if flags else "PREMOD", **actions}


def _flags(rules: Sequence[str]) -> list[dict[str, str]]:
    """What Coral shows that was detected, each once; a doubt is neither."""
    known = [rule in _SPAM for rule in rules if rule in (*ATTRIBUTES, *_SPAM)]
    return [{"actionType": "FLAG", "reason": _FLAGS[is_spam]} for is_spam in sorted(set(known))]
