"""The safeguards of a site: admins change what it does against programs, and what it keeps."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from moderation.choices.safeguards import MAX_DAYS, MAX_REPORTS, Safeguards
from moderation.site_fields import NO_LIMIT, InvalidSite, site_rate
from moderation.sites import Site
from service.http.params import form_value, parse_int
from service.moderators.admin.site_page import chosen_site, site_page
from service.moderators.request.access import audit_actor, require_admin
from service.problems.errors import InvalidQuery
from service.problems.status_codes import problem_of
from service.wiring.parts import parts

site_safeguards = Blueprint("site_safeguards", __name__, url_prefix="/sites/<site_name>/safeguards")
site_safeguards.before_request(require_admin)


@site_safeguards.post("")
def save(site_name: str) -> ResponseReturnValue:
    """All of them are as the form has them."""
    site = chosen_site(site_name)
    try:
        sent = _sent()
    except (InvalidQuery, InvalidSite) as error:
        return site_page(site, error=error), problem_of(error).status

    def changed(old: Site) -> Site:
        return replace(old, safeguards=sent)

    parts().sites.change(site.name, changed, by=audit_actor())
    page = url_for("moderate.sites.details", site_name=site.name, done="saved")
    return redirect(page, HTTPStatus.SEE_OTHER)


def _sent() -> Safeguards:
    """Those of the request's form; raises InvalidQuery, InvalidSite."""
    return Safeguards(
        honeypot=bool(form_value("honeypot")),
        time_token=bool(form_value("time_token")),
        token_required=bool(form_value("token_required")),
        page_limit=_rate("page_limit"),
        site_limit=_rate("site_limit"),
        hold_reports=_number("hold_reports", "the number of reports", MAX_REPORTS),
        purge_days=_number("purge_days", "the number of days", MAX_DAYS),
    )


def _rate(field: str) -> str | None:
    rate = site_rate(form_value(field))
    return None if rate == NO_LIMIT else rate


def _number(field: str, name: str, most: int) -> int | None:
    value = form_value(field).strip()
    return parse_int(value, name, least=1, most=most) if value else None
