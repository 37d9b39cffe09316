"""The languages of a site: known ones, one of them the default, some raised by its own word."""

import pytest

from moderation.choices.site_languages import ENGLISH_ONLY, InvalidLanguages, SiteLanguages

GERMAN_TOO = SiteLanguages(("en", "de"), "en", ("de",))


@pytest.mark.parametrize(
    ("codes", "default", "languages"),
    [
        (["en", "DE", " de "], None, SiteLanguages(("en", "de"), "en", ("de",))),
        (["en", "de"], "de", SiteLanguages(("en", "de"), "de", ("de",))),
        (["fr"], None, SiteLanguages(("fr",), "fr", ())),
        (["hi-latn"], "HI-Latn", SiteLanguages(("hi-Latn",), "hi-Latn", ())),
    ],
)
def test_what_a_site_no_longer_has_is_neither_default_nor_raised(
    codes: list[str], default: str | None, languages: SiteLanguages
) -> None:
    assert GERMAN_TOO.with_codes(codes, default) == languages


@pytest.mark.parametrize(
    ("codes", "default", "sentence"),
    [
        (["klingon"], None, "no language 'klingon' here; known are .*de, .*en"),
        ([], None, "1 to 20 languages"),
        (["en"], "de", "must be one of the site's: en"),
    ],
)
def test_a_refusal_says_which_languages_there_are(
    codes: list[str], default: str | None, sentence: str
) -> None:
    with pytest.raises(InvalidLanguages, match=sentence):
        GERMAN_TOO.with_codes(codes, default)


def test_a_language_is_raised_and_lowered_again() -> None:
    raised = GERMAN_TOO.with_raised("en", raised=True)

    assert raised.raised == ("de", "en")
    assert raised.with_raised("de", raised=False).raised == ("en",)


def test_only_a_language_of_the_site_is_raised() -> None:
    with pytest.raises(InvalidLanguages, match="German is none of the site's languages: en"):
        ENGLISH_ONLY.with_raised("de", raised=True)
