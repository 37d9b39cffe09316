"""OpenAI's moderation shape: whether a text is held, and the categories that the model has."""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from moderation.comments import MAX_TEXT, Status
from service.http.body import json_fields
from service.problems.errors import InvalidQuestion
from service.problems.handlers import problem_to_answer
from service.problems.problem_details import with_status
from service.scoring.judgement import Judgement, SentComment, judge, model_version
from service.scoring.score_keys import allow_large_body, bearer_key, site_of_key

openai_moderations = Blueprint("openai_moderations", __name__)
MOST = 100  # texts of one request
_LIKELY = 0.5  # scores are calibrated: a category is then rather true than not
# What is about the same in the model's training labels. There is no number for the others: they are
# null, as neither "no" nor 0 would be true.
_OWN = {"harassment": "insult", "harassment/threatening": "threat", "hate": "identity_attack"}
_NONE = (
    "hate/threatening",
    "illicit",
    "illicit/violent",
    "self-harm",
    "self-harm/instructions",
    "self-harm/intent",
    "sexual",
    "sexual/minors",
    "violence",
    "violence/graphic",
)
_KINDS = {401: "invalid_api_key", 429: "rate_limit_exceeded"}


@openai_moderations.post("/v1/moderations")
def moderate() -> ResponseReturnValue:
    key = bearer_key()
    allow_large_body(key)
    texts = _texts(json_fields(request).get("input"))
    site = site_of_key(key, questions=len(texts))
    judgements = judge([SentComment(k, "", text) for k, text in enumerate(texts)], site)
    return _json(
        {
            "id": f"modr-{secrets.token_hex(12)}",
            "model": model_version() or "none",
            "results": [_result(judgement) for judgement in judgements],
        }
    )


@openai_moderations.errorhandler(Exception)
def refused(error: Exception) -> ResponseReturnValue:
    """Any error, as OpenAI writes one."""
    if isinstance(error, HTTPException) and (error.code or 0) < 400:
        return error.get_response()
    problem = problem_to_answer(error)
    status = problem.status.value
    kind = "server_error" if status >= 500 else "invalid_request_error"
    body = {"message": problem.detail, "type": kind, "param": None, "code": _KINDS.get(status)}
    response = _json({"error": body})
    return with_status(response, problem)


def _result(judgement: Judgement) -> dict[str, Any]:
    scores = {name: judgement.scores.get(own) for name, own in _OWN.items()}
    likely = {name: None if score is None else score >= _LIKELY for name, score in scores.items()}
    types = {name: [] if score is None else ["text"] for name, score in scores.items()}
    nothing = dict.fromkeys(_NONE)
    return {
        "flagged": judgement.decision.status is not Status.APPROVED,
        "categories": likely | nothing,
        "category_scores": scores | nothing,
        "category_applied_input_types": types | {name: [] for name in _NONE},
    }


def _texts(given: object) -> list[str]:
    """The texts to judge: one, several, or one in parts; raises InvalidQuestion."""
    if isinstance(given, list) and given and all(isinstance(part, dict) for part in given):
        given = "\n".join(_part_text(part) for part in given)
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not 1 <= len(texts) <= MOST:
        sentence = f"input must be a text, or a list of 1 to {MOST} texts"
        raise InvalidQuestion(sentence)
    return [_text(text) for text in texts]


def _part_text(part: Mapping[str, object]) -> str:
    if part.get("type") != "text":
        sentence = "each part of input must have the type text: the model reads no pictures"
        raise InvalidQuestion(sentence)
    if not isinstance(part.get("text"), str):
        sentence = "each part of input must have a text that is a string"
        raise InvalidQuestion(sentence)
    return str(part["text"])


def _text(text: object) -> str:
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_TEXT:
        sentence = f"each text of input must be a string of 1 to {MAX_TEXT:,} characters"
        raise InvalidQuestion(sentence)
    if any("\ud800" <= character <= "\udfff" or character == "\0" for character in text):
        sentence = "a text of input must be valid Unicode, without U+0000 and lone surrogates"
        raise InvalidQuestion(sentence)
    return text


def _json(value: object) -> Response:
    response = jsonify(value)
    response.headers["Cache-Control"] = "no-store"
    return response
