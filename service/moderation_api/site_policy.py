"""The rules of a site for programs of an admin: read, try, change, take back."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from moderation.accounts.moderators import NotAllowed
from moderation.audit_chain import moderator_actor
from moderation.pages.page_keys import page_key
from moderation.review.rule_outcome import LAST_OF_RULES, RuleOutcome
from moderation.sites import Site
from moderation.storage.decisions.reasons import reason_as_json
from service.http.body import MAX_LARGE_BODY, json_fields
from service.http.formats import rfc3339
from service.moderation_api.credentials import moderator_id
from service.moderators.admin.site_page import chosen_site
from service.moderators.request.repositories import repositories
from service.moderators.rules.rule_trials import tried
from service.problems.errors import InvalidQuery
from service.wiring.parts import parts

site_policy = Blueprint("site_policy", __name__, url_prefix="/sites/<site_name>/policy")
_SHOWN = 100  # differences that are listed


@site_policy.before_request
def require_admin() -> None:
    """Before every request: raises NotAllowed for a site's server, and for who is no admin."""
    if moderator_id() is None:
        sentence = "rules are an admin's: send the token of a moderator who is one"
        raise NotAllowed(sentence)
    g.moderator.check_admin()


@site_policy.get("")
def rules(site_name: str) -> ResponseReturnValue:
    return _answer(chosen_site(site_name), _page(request.args.get("page")))


@site_policy.put("")
def change(site_name: str) -> ResponseReturnValue:
    """Put rules in force, or only say what they would have done; raises InvalidRules."""
    site = chosen_site(site_name)
    request.max_content_length = MAX_LARGE_BODY  # of an admin: thousands of words
    fields = json_fields(request)
    page, document = _page(fields.get("page")), _document(fields)
    if _is_trial(fields):
        return jsonify(site=site.name, page=page, **_outcome(tried(site, document, page)))
    actor = moderator_actor(g.moderator.name)
    parts().rule_versions.change(site.name, document, page, by=actor)
    return _answer(site, page)


@site_policy.post("/back")
def take_back(site_name: str) -> ResponseReturnValue:
    """Put the former rules in force; raises NoFormerRules."""
    site, page = chosen_site(site_name), _page(request.args.get("page"))
    former = parts().rule_versions.former(site, page)
    parts().rule_versions.change(site.name, former, page, by=moderator_actor(g.moderator.name))
    return _answer(site, page)


def _answer(site: Site, page: str | None) -> ResponseReturnValue:
    versions = parts().rule_versions
    newest = next(iter(versions.newest(site, page, limit=1)), None)
    return jsonify(
        site=site.name,
        page=page,
        rules=versions.in_force(site, page),
        changed_at=newest and rfc3339(newest.made_at),
        changed_by=newest and newest.made_by,
    )


def _outcome(outcome: RuleOutcome | None) -> dict[str, object]:
    """What would differ; null for both without a model, where every comment waits."""
    if outcome is None:
        return {"tried": None, "differing": None, "differences": []}
    cards = repositories().recent_comments.cards(
        [one.comment.id for one in outcome.differences[:_SHOWN]]
    )
    return {
        "tried": outcome.number,
        "differing": len(outcome.differences),
        "differences": [
            {
                "id": card.comment.id,
                "now": one.now.status,
                "then": one.then.status,
                "reasons": [reason_as_json(reason) for reason in one.then.reasons],
            }
            for card, one in zip(cards, outcome.differences, strict=False)
        ],
    }


def _document(fields: Mapping[str, object]) -> Mapping[str, Any]:
    document = fields.get("rules")
    if isinstance(document, dict):
        return document
    sentence = "rules must be an object with the rules by name; {} is none"
    raise InvalidQuery(sentence, field="rules")


def _is_trial(fields: Mapping[str, object]) -> bool:
    value = fields.get("dry_run", False)
    if isinstance(value, bool):
        return value
    sentence = f"dry_run must be true, to try it on the last {LAST_OF_RULES:,} comments, or false"
    raise InvalidQuery(sentence, field="dry_run")


def _page(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        sentence = "page must be the key of a page, as /2026/an-article, or be left out"
        raise InvalidQuery(sentence, field="page")
    return page_key(value)
