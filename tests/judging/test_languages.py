from dataclasses import replace

import pytest

from judging.comment_scoring import read_each
from judging.judge import Judge, spoken_on
from judging.loaded_model import load_model
from judging.spoken_languages import LANGUAGES
from models.serving.classifier import ARTEFACT
from models.serving.languages import Grade
from moderation.choices.site_languages import SiteLanguages
from moderation.comments import Status
from moderation.policy import LANGUAGE, SORTED_LANGUAGE, Decision, Reason
from moderation.sites import Site
from moderation.storage.decisions.claims import ClaimedComment

MODEL = load_model(ARTEFACT)
SITE = Site(1, "paper", "Paper", ())


def decision(text: str, site: Site = SITE) -> Decision:
    comment = ClaimedComment(1, 1, "Ada", text, 1)
    assert MODEL.classifier is not None
    readings = read_each(MODEL.classifier, [comment], lambda _: spoken_on(site))
    return Judge(MODEL.policy).decision(readings[1], comment, site)


def test_no_shipped_language_decides_by_itself_since_none_knows_spam() -> None:
    grades = {entry.grade for entry in LANGUAGES.entries.values()}

    assert grades == {Grade.SORTS, Grade.UNKNOWN}
    assert decision("Mulțumesc pentru articol, foarte interesant").status is Status.FLAGGED


@pytest.mark.parametrize(
    "advert",
    [
        "Danke für den schönen Text, mehr davon auf https://beispiel.example/billig",
        "Danke für den schönen Text, schreib mir auf WhatsApp +49 170 1234567",
        "Danke für den schönen Text, schreib mir an lena.weber@beispiel.example",
    ],
)
def test_where_a_site_lets_a_language_decide_what_has_a_contact_waits_all_the_same(
    advert: str,
) -> None:
    own = replace(SITE, languages=SiteLanguages(("en", "de"), "en", ("de",)))

    assert decision(advert, own).reasons[0] == Reason(SORTED_LANGUAGE, language="de")


def test_a_language_that_sorts_waits_whatever_its_score_is() -> None:
    for text in ("Danke für den schönen Text", "Du verdammter Hurensohn, verpiss dich"):
        assert decision(text) == Decision(Status.FLAGGED, (Reason(SORTED_LANGUAGE, language="de"),))


def test_a_site_lets_a_language_decide_by_its_own_word() -> None:
    own = replace(SITE, languages=SiteLanguages(("en", "de"), "en", ("de",)))

    assert decision("Danke für den schönen Text", own).status is Status.APPROVED
    assert decision("Du verdammter Hurensohn, verpiss dich", own).status is Status.FLAGGED


def test_a_language_that_is_not_known_waits_without_a_score() -> None:
    assert decision("To jest bardzo dobry artykuł.") == Decision(
        Status.FLAGGED, (Reason(LANGUAGE, language="pl"),)
    )


def test_no_text_in_several_languages_is_decided_by_scores() -> None:
    text = "I agree with all of that. Ты дурак, и статья твоя глупая."

    assert decision(text).status is Status.FLAGGED
