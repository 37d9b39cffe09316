"""The suspect words of a site: admins change its own, and use the lists that come with Parley."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from moderation.choices.site_languages import InvalidLanguages
from moderation.choices.suspect_words import InvalidSuspectWords, SuspectWords
from moderation.sites import Site
from service.http.params import form_value, form_values
from service.moderators.admin.site_page import chosen_site, site_page
from service.moderators.request.access import audit_actor, require_admin
from service.problems.errors import InvalidQuery
from service.problems.status_codes import problem_of
from service.wiring.parts import parts

site_suspects = Blueprint("site_suspects", __name__, url_prefix="/sites/<site_name>/suspects")
site_suspects.before_request(require_admin)


@site_suspects.post("/words")
def save_words(site_name: str) -> ResponseReturnValue:
    """Its own words are those of the field, one a line, and those of a file if one is sent."""
    typed = form_value("words")
    lines = [*typed.splitlines(), *_lines_of_file()]
    return _changed(site_name, lambda old: old.with_words(lines), typed)


@site_suspects.post("/lists")
def choose_lists(site_name: str) -> ResponseReturnValue:
    """The lists that are checked are used, the others are not."""
    codes = form_values("lists")
    return _changed(site_name, lambda old: old.with_lists(codes))


def _lines_of_file() -> list[str]:
    """The lines of the file that the form sends, if any; raises InvalidQuery for no text."""
    file = request.files.get("file")
    content = "" if file is None else file.read().decode("utf-8-sig")
    if "\0" in content:
        sentence = "the file is no text: save it as UTF-8, one word a line"
        raise InvalidQuery(sentence, field="file")
    return content.splitlines()


def _changed(
    name: str, changed: Callable[[SuspectWords], SuspectWords], typed: str | None = None
) -> ResponseReturnValue:
    site = chosen_site(name)

    def with_words(old: Site) -> Site:
        return replace(old, suspects=changed(old.suspects))

    try:
        parts().sites.change(site.name, with_words, by=audit_actor())
    except (InvalidLanguages, InvalidSuspectWords) as error:
        return site_page(site, error=error, words=typed), problem_of(error).status
    page = url_for("moderate.sites.details", site_name=site.name, done="words")
    return redirect(page, HTTPStatus.SEE_OTHER)
