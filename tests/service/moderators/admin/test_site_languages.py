"""A site's languages: seen with their figures, changed by admins, raised after a question."""

from dataclasses import replace

import pytest
from flask import Flask

from moderation.accounts.moderators import Role
from moderation.choices.site_languages import SiteLanguages
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.moderator_browser import Browser, signed_in

DEMO = "/moderate/sites/demo"
PAGE = f"{DEMO}/languages"


@pytest.fixture
def german(site: Site, sites: Sites) -> None:
    """The site has English, German and Japanese."""
    languages = SiteLanguages(("en", "de", "ja"))
    sites.change(site.name, lambda site: replace(site, languages=languages))


def languages_of(sites: Sites) -> SiteLanguages:
    return sites.get("demo").languages


def test_languages_come_and_go_and_one_is_the_default(
    anna: Browser, site: Site, sites: Sites, database: Database
) -> None:
    assert anna.send(f"{PAGE}/add", language="de").status_code == 303
    assert anna.send(f"{PAGE}/default", language="de").status_code == 303
    assert languages_of(sites) == SiteLanguages(("en", "de"), "de")

    answer = anna.send(f"{PAGE}/remove", language="de")

    assert "Saved: new comments are read so." in anna.page(answer.location)
    assert languages_of(sites) == SiteLanguages()
    newest = AuditLog(database).newest(1)[0]
    assert (newest.actor, newest.action) == ("moderator Anna", "site_changed")


@pytest.mark.usefixtures("german")
def test_each_language_is_shown_with_what_happens_and_its_figures(anna: Browser) -> None:
    page = " ".join(anna.page(DEMO).split())

    panel = page.split('id="languages"')[1].split("</section>")[0]
    english, german, japanese = panel.split("<strong>")[1:]
    assert "its scores decide, as the setting says." in english
    assert "every comment waits, ordered by its score." in german
    assert "of toxic comments are published" in german
    assert "every comment waits, without a score." in japanese
    assert panel.count("Let its scores decide") == 1


@pytest.mark.usefixtures("german")
def test_scores_decide_only_after_their_figures_were_shown(
    anna: Browser, sites: Sites, database: Database
) -> None:
    question = anna.page(f"{PAGE}/de/raise")
    assert "Let scores decide in German on Demo?" in " ".join(question.split())
    assert "which that model had not seen" in question
    assert languages_of(sites).raised == ()

    raised = anna.send(f"{PAGE}/raise", language="de")
    assert "its scores decide, by this site’s own word." in anna.page(raised.location)
    assert languages_of(sites).raised == ("de",)

    lowered = anna.send(f"{PAGE}/lower", language="de")
    assert "from now on all comments in it wait" in anna.page(lowered.location)
    assert languages_of(sites).raised == ()
    assert [entry.action for entry in AuditLog(database).newest(2)] == ["site_changed"] * 2


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("path", "code", "sentence"),
    [
        ("raise", "fr", "French is none of the site&#39;s languages"),
        ("raise", "en", "English needs no word of the site"),
        ("raise", "ja", "Japanese cannot decide"),
        ("lower", "fr", "French is none of the site&#39;s languages"),
        ("add", "xx", "there is no language &#39;xx&#39; here"),
        ("default", "fr", "the default language must be one of the site&#39;s"),
    ],
)
def test_what_cannot_be_is_said(
    anna: Browser, sites: Sites, path: str, code: str, sentence: str
) -> None:
    answer = anna.send(f"{PAGE}/{path}", language=code)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert languages_of(sites) == SiteLanguages(("en", "de", "ja"))


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("code", ["fr", "en", "ja", "xx"])
def test_no_question_is_asked_that_has_no_sense(anna: Browser, code: str) -> None:
    assert anna.get(f"{PAGE}/{code}/raise").status_code == 422


def test_a_site_keeps_its_last_language(anna: Browser, site: Site, sites: Sites) -> None:
    answer = anna.send(f"{PAGE}/remove", language="en")

    assert (answer.status_code, "a site has 1 to 20 languages" in answer.text) == (422, True)
    assert languages_of(sites) == SiteLanguages()


@pytest.mark.usefixtures("german")
def test_only_admins_change_languages_and_words(
    app: Flask, moderators: Moderators, anna: Browser, database: Database, clock: FakeClock
) -> None:
    bea = signed_in(app, moderators, "Bea")
    Roles(database, clock).set_role("Bea", Role.MODERATOR)

    assert bea.get(f"{PAGE}/de/raise").status_code == 403
    for path in (
        *(f"{PAGE}/{end}" for end in ("add", "remove", "default", "raise", "lower")),
        *(f"{DEMO}/suspects/{end}" for end in ("words", "lists")),
    ):
        assert bea.send(path, language="de", words="a", lists="de").status_code == 403


@pytest.mark.parametrize("end", ["languages/add", "languages/raise", "suspects/words"])
def test_what_is_no_site_has_no_choices(anna: Browser, site: Site, end: str) -> None:
    assert anna.send(f"/moderate/sites/nowhere/{end}", language="de").status_code == 404
