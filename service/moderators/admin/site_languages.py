"""The languages of a site: admins say which there are, and whose scores decide."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from moderation.choices.site_languages import InvalidLanguages, SiteLanguages
from moderation.sites import Site
from service.http.params import form_value
from service.moderators.admin.site_page import (
    chosen_site,
    language_reports,
    language_rules,
    site_page,
)
from service.moderators.request.access import audit_actor, require_admin
from service.problems.status_codes import problem_of
from service.wiring.parts import parts

site_languages = Blueprint("site_languages", __name__, url_prefix="/sites/<site_name>/languages")
site_languages.before_request(require_admin)


@site_languages.post("/add")
def add(site_name: str) -> ResponseReturnValue:
    code = form_value("language")
    return _changed(site_name, lambda old: old.with_codes([*old.codes, code]), "languages")


@site_languages.post("/remove")
def remove(site_name: str) -> ResponseReturnValue:
    code = form_value("language")

    def without_it(old: SiteLanguages) -> SiteLanguages:
        return old.with_codes(other for other in old.codes if other != code)

    return _changed(site_name, without_it, "languages")


@site_languages.post("/default")
def set_default(site_name: str) -> ResponseReturnValue:
    code = form_value("language")
    return _changed(site_name, lambda old: old.with_codes(old.codes, code), "languages")


@site_languages.get("/<code>/raise")
def confirmation(site_name: str, code: str) -> ResponseReturnValue:
    """Show the figures of a language whose scores would decide; nothing is changed."""
    site = chosen_site(site_name)
    language_rules().raised_languages(site.languages, code)
    (report,) = language_reports([code])
    return render_template("moderators/raise_language.html", site=site, report=report)


@site_languages.post("/raise")
def let_decide(site_name: str) -> ResponseReturnValue:
    code = form_value("language")

    def raised(old: SiteLanguages) -> SiteLanguages:
        languages: SiteLanguages = language_rules().raised_languages(old, code)
        return languages

    return _changed(site_name, raised, "raised")


@site_languages.post("/lower")
def let_sort(site_name: str) -> ResponseReturnValue:
    code = form_value("language")
    return _changed(site_name, lambda old: old.with_raised(code, raised=False), "lowered")


def _changed(
    name: str, changed: Callable[[SiteLanguages], SiteLanguages], done: str
) -> ResponseReturnValue:
    site = chosen_site(name)

    def with_languages(old: Site) -> Site:
        return replace(old, languages=changed(old.languages))

    try:
        parts().sites.change(site.name, with_languages, by=audit_actor())
    except InvalidLanguages as error:
        return site_page(site, error=error), problem_of(error).status
    page = url_for("moderate.sites.details", site_name=site.name, done=done)
    return redirect(page, HTTPStatus.SEE_OTHER)
