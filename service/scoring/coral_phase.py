"""Coral's external moderation phase: a signed question before a comment is published."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, request

from moderation.comments import Status
from moderation.policy import ADVERT_WORDS, ATTRIBUTES, CONTACT, Decision, Part
from moderation.sites import Site
from moderation.text.html_text import text_of_html
from service.problems.errors import MalformedBody, WrongSignature
from service.scoring.judgement import judge_one
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
    decision = judge_one("", _text_of(body), site).decision
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


def _text_of(body: bytes) -> str:
    """The comment's text; Coral sends it as HTML, or as plain text."""
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
    return text_of_html(text)


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
