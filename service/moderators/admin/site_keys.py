"""The keys of a site: admins make, rename and revoke them."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from moderation.site_fields import site_key_name
from moderation.sites import KeyScope
from service.http.params import form_value, parse_choice
from service.moderators.admin.site_page import chosen_site
from service.moderators.display.labels import KEY_SCOPES
from service.moderators.request.access import audit_actor, require_admin
from service.moderators.request.reauthentication import prove_password_if_any
from service.wiring.parts import parts

site_keys = Blueprint("site_keys", __name__, url_prefix="/sites/<site_name>/keys")
site_keys.before_request(require_admin)


@site_keys.post("")
def make(site_name: str) -> ResponseReturnValue:
    """Show the key, which nobody can see again."""
    site = chosen_site(site_name)
    prove_password_if_any()
    name = site_key_name(form_value("key_name"))
    scope = parse_choice(form_value("scope") or KeyScope.SUBMIT, KeyScope, "scope")
    key = parts().site_keys.make(site.name, name=name, scope=scope, by=audit_actor())
    page = "moderators/new_site_key.html"
    may = KEY_SCOPES[scope]
    return render_template(page, site=site, name=name, scope=scope, may=may, key=key)


@site_keys.post("/rename")
def rename(site_name: str) -> ResponseReturnValue:
    site, new = chosen_site(site_name), site_key_name(form_value("new_name"))
    parts().site_keys.rename(site.name, form_value("key_name"), new, by=audit_actor())
    return _redirect("renamed", site.name)


@site_keys.post("/revoke")
def revoke(site_name: str) -> ResponseReturnValue:
    site = chosen_site(site_name)
    parts().site_keys.revoke(site.name, form_value("key_name"), by=audit_actor())
    return _redirect("revoked", site.name)


def _redirect(done: str, name: str) -> ResponseReturnValue:
    page = url_for("moderate.sites.details", site_name=name, done=done)
    return redirect(page, HTTPStatus.SEE_OTHER)
