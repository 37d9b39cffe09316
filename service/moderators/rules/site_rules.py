"""The rules of a site or page: admins see what a change would do, put it in force, take it back.

`page` is the page's path; without it they are those of the whole site.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.pages.page_keys import page_key
from moderation.review.rule_outcome import LAST_OF_RULES
from moderation.rules.rule_fields import InvalidRules
from moderation.sites import Site
from service.http.params import form_value
from service.moderators.admin.site_page import chosen_site
from service.moderators.request.access import audit_actor, require_admin
from service.moderators.request.repositories import repositories
from service.moderators.rules.page_documents import in_force, own_document
from service.moderators.rules.rule_form import sent_document, typed
from service.moderators.rules.rule_trials import tried
from service.problems.status_codes import problem_of
from service.wiring.parts import parts

site_rules = Blueprint("site_rules", __name__, url_prefix="/sites/<site_name>/policy")
site_rules.before_request(require_admin)
_EXAMPLES = 10


@site_rules.get("")
def rules(site_name: str) -> ResponseReturnValue:
    site, page = chosen_site(site_name), _asked_page(request.args.get("page", ""))
    return _answer(site, page, in_force(site, page))


@site_rules.post("")
def change(site_name: str) -> ResponseReturnValue:
    """Try the rules of the form; those that were tried so are put in force."""
    site, page = chosen_site(site_name), _asked_page(form_value("page"))
    try:
        document = sent_document()
        own = document if page is None else own_document(site, document)
        if form_value("sure"):
            parts().rule_versions.change(site.name, own, page, by=audit_actor())
            return _back(site, page)
        outcome = tried(site, own, page)
    except InvalidRules as error:
        problem = problem_of(error)
        return _answer(site, page, in_force(site, page), problem=problem), problem.status
    shown = [] if outcome is None else outcome.differences[:_EXAMPLES]
    cards = repositories().recent_comments.cards([one.comment.id for one in shown])
    return _answer(site, page, document, outcome=outcome, is_tried=True, cards=cards)


@site_rules.post("/back")
def take_back(site_name: str) -> ResponseReturnValue:
    """Put the former rules in force; raises NoFormerRules."""
    site, page = chosen_site(site_name), _asked_page(form_value("page"))
    former = parts().rule_versions.former(site, page)
    parts().rule_versions.change(site.name, former, page, by=audit_actor())
    return _back(site, page)


def _asked_page(text: str) -> str | None:
    """The key of the page whose rules are meant; None for those of the site."""
    return page_key(text) if text.strip() else None


def _back(site: Site, page: str | None) -> ResponseReturnValue:
    return redirect(url_for(".rules", site_name=site.name, page=page), HTTPStatus.SEE_OTHER)


def _answer(site: Site, page: str | None, document: Mapping[str, Any], **more: Any) -> str:
    versions = parts().rule_versions
    return render_template(
        "moderators/site_rules.html",
        site=site,
        page=page,
        pages=() if page else versions.pages_with_own(site),
        form=typed(document),
        versions=versions.newest(site, page, limit=5),
        last=LAST_OF_RULES,
        now=parts().clock(),
        **more,
    )
