"""Sites: admins see, add and change them."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.moderators.admin.site_form import REFUSALS, SiteForm
from service.moderators.admin.site_page import chosen_site, site_page
from service.moderators.request.access import audit_actor, require_admin
from service.moderators.request.repositories import repositories
from service.problems.status_codes import problem_of
from service.wiring.parts import parts

sites = Blueprint("sites", __name__, url_prefix="/sites")
sites.before_request(require_admin)
_REMOVED = "Removed, with all that was stored for it."


@sites.get("")
def overview() -> ResponseReturnValue:
    return _overview(SiteForm.empty())


@sites.post("")
def add() -> ResponseReturnValue:
    form = SiteForm.sent()
    try:
        site = parts().sites.add(form.new_site(), by=audit_actor())
    except REFUSALS as error:
        return _overview(form, error), problem_of(error).status
    return _redirect("added", site.name)


@sites.get("/<site_name>")
def details(site_name: str) -> ResponseReturnValue:
    site = chosen_site(site_name)
    return site_page(site)


@sites.post("/<site_name>")
def change(site_name: str) -> ResponseReturnValue:
    site, form = chosen_site(site_name), SiteForm.sent()
    try:
        parts().sites.change(site.name, form.applied_to, by=audit_actor())
    except REFUSALS as error:
        return site_page(site, form, error), problem_of(error).status
    return _redirect("saved", site.name)


def _overview(form: SiteForm, error: Exception | None = None) -> str:
    return render_template(
        "moderators/sites.html",
        sites=repositories().sites,
        form=form,
        problem=error and problem_of(error),
        notice=_REMOVED if request.args.get("done") == "removed" else None,
    )


def _redirect(done: str, name: str) -> ResponseReturnValue:
    page = url_for("moderate.sites.details", site_name=name, done=done)
    return redirect(page, HTTPStatus.SEE_OTHER)
