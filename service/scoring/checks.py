"""Say of comments of any other system whether they may pass, by the site's policy."""

import hashlib
from collections.abc import Mapping, Sequence

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from moderation.choices.site_languages import ENGLISH
from moderation.comments import Comment, Status
from moderation.keys import hash_token
from moderation.policy import ATTRIBUTES, SORTED_LANGUAGE, Part
from moderation.sites import KeyScope, Site
from moderation.storage.comments.insert import Refusal
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.decisions.reasons import reason_as_json
from moderation.storage.rules.comment_circumstances import UnstoredComment
from moderation.text.near_duplicates import fingerprint
from service.http.body import JSON, fields_of
from service.http.idempotency import idempotency_key
from service.problems.errors import WrongContentType, WrongKey
from service.scoring.judgement import Judgement, SentComment, judge, model_version, spans_of
from service.scoring.score_keys import allow_large_body, bearer_key, site_of_key
from service.scoring.sent_checks import SentCheck, parse_check, sent_comments, wants_to_store
from service.scoring.sent_circumstances import circumstances_of
from service.wiring.parts import parts

checks = Blueprint("checks", __name__)


@checks.post("/v1/checks")
def check_comments() -> ResponseReturnValue:
    key = bearer_key()
    allow_large_body(key)
    fields = _fields()
    sent, store = sent_comments(fields), wants_to_store(fields)
    g.site = site = _guard(key, len(sent), store=store)
    asked = [parse_check(place, one, site, store=store) for place, one in enumerate(sent)]
    hashes = [_address_hash(check.address) for check in asked]
    judgements = judge(_comments(asked, hashes, site), site)
    ids = _stored(site, asked, hashes, judgements) if store else {}
    answers = [
        _answer(check, judgement, ids.get(place))
        for place, (check, judgement) in enumerate(zip(asked, judgements, strict=True))
    ]
    response = jsonify(checks=answers, model=model_version())
    response.headers["Cache-Control"] = "no-store"
    return response


def _fields() -> Mapping[str, object]:
    if request.mimetype != JSON:
        sentence = f"send Content-Type {JSON}"
        raise WrongContentType(sentence)
    return fields_of(request)


def _guard(key: str, questions: int, *, store: bool) -> Site:
    """The site of the key, which must be one that may submit where something is to be stored."""
    site, key_hash = site_of_key(key, questions=questions), hash_token(key)
    scopes = [known.scope for known in site.keys if known.key_hash == key_hash]
    if store and not all(scope.allows(KeyScope.SUBMIT) for scope in scopes):
        sentence = f"this key of the site {site.name} may score, not store: send another"
        raise WrongKey(sentence)
    return site


def _address_hash(address: str | None) -> str | None:
    return None if address is None else parts().addresses.hash(address, parts().clock())


def _comments(
    asked: Sequence[SentCheck], hashes: Sequence[str | None], site: Site
) -> list[SentComment]:
    known = {address_hash for address_hash in hashes if address_hash is not None}
    sanctions = parts().active_sanctions.of_addresses(site.id, known) if known else {}
    known_of = circumstances_of(site, [_unstored(*one) for one in zip(asked, hashes, strict=True)])
    return [
        SentComment(
            place, check.name, check.submission.text, sanctions.get(hashes[place] or ""), around
        )
        for place, (check, around) in enumerate(zip(asked, known_of, strict=True))
    ]


def _unstored(check: SentCheck, address_hash: str | None) -> UnstoredComment:
    return UnstoredComment(
        check.page, check.name or None, address_hash, fingerprint(check.submission.text)
    )


def _stored(
    site: Site,
    asked: Sequence[SentCheck],
    hashes: Sequence[str | None],
    judgements: Sequence[Judgement],
) -> Mapping[int, str]:
    """Put what is held into the way of a comment; returns the ids by place."""
    held = [k for k, one in enumerate(judgements) if one.decision.status is Status.FLAGGED]
    if not held:
        return {}
    keys = [_repeat_key(place) for place in held]
    outcomes = parts().comments.add_all(
        site,
        [
            (asked[place].submission, Submitter(hashes[place], key, has_site_key=True))
            for place, key in zip(held, keys, strict=True)
        ],
    )
    parts().doorbell_thread.ring()
    return {place: _stored_id(outcome) for place, outcome in zip(held, outcomes, strict=True)}


def _stored_id(outcome: Comment | Refusal) -> str:
    if isinstance(outcome, Comment):
        return outcome.id
    raise outcome


def _repeat_key(place: int) -> str | None:
    """An Idempotency-Key for each comment, from the one that the request has."""
    key = idempotency_key(request)
    return None if key is None else hashlib.sha256(f"{place} {key}".encode()).hexdigest()


def _answer(check: SentCheck, judgement: Judgement, stored: str | None) -> dict[str, object]:
    decision = judgement.decision
    return {
        "status": decision.status,
        "section": decision.section if decision.status is Status.FLAGGED else None,
        "reasons": [reason_as_json(reason) for reason in decision.reasons],
        "scores": judgement.scores,
        "name_scores": judgement.name_scores,
        "spans": _spans(check, judgement),
        "language": judgement.language,
        "id": stored,
    }


def _spans(check: SentCheck, judgement: Judgement) -> dict[str, list[dict[str, object]]]:
    """The words behind each attribute that is a reason, or that a language is sorted by."""
    rules = [why.rule for why in judgement.decision.reasons if why.part is Part.TEXT]
    names = [rule for rule in rules if rule in ATTRIBUTES]
    if SORTED_LANGUAGE in rules:
        names = list(judgement.scores)
    language = judgement.language or ENGLISH
    spans = spans_of(check.submission.text, names, language) if names else {}
    return {
        name: [
            {"start": span.start, "end": span.end, "contribution": round(span.contribution, 4)}
            for span in words
        ]
        for name, words in spans.items()
    }
