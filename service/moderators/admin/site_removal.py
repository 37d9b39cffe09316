"""Remove a site: admins see what would go, and type its name."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from service.http.params import form_value
from service.moderators.admin.site_page import chosen_site
from service.moderators.request.access import audit_actor, require_admin
from service.moderators.request.reauthentication import prove_password_if_any
from service.problems.errors import InvalidQuery
from service.wiring.parts import parts

site_removal = Blueprint("site_removal", __name__, url_prefix="/sites/<site_name>/remove")
site_removal.before_request(require_admin)


@site_removal.get("")
def preview(site_name: str) -> ResponseReturnValue:
    """Say what would go; nothing is changed."""
    site = chosen_site(site_name)
    contents = parts().site_removal.contents(site.name)
    return render_template("moderators/site_removal.html", site=site, contents=contents)


@site_removal.post("")
def remove(site_name: str) -> ResponseReturnValue:
    site = chosen_site(site_name)
    prove_password_if_any()
    if form_value("confirmation").strip() != site.name:
        sentence = f"nothing was removed: type {site.name}, the name of the site, to remove it"
        raise InvalidQuery(sentence, field="confirmation")
    parts().site_removal.remove(site.name, by=audit_actor())
    return redirect(url_for("moderate.sites.overview", done="removed"), HTTPStatus.SEE_OTHER)
