"""Which language a reader gets, and how it writes numbers and times."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from babel import Locale

from service.languages.reader_language import CODES, first_of

MOMENT = datetime(2026, 3, 4, 5, 6, 57, 890_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ([], "en"),
        (["de"], "de"),
        (["de-AT"], "de"),
        (["DE_ch"], "de"),
        (["xx", "fr-CA", "de"], "fr"),
        (["no"], "nb"),
        (["nn-NO"], "nb"),
        (["iw"], "he"),
        (["zh-Hant-TW"], "zh"),
        (["de-" + "x" * 30], "de"),
        (["constructor", "../de", "-", "\0", "𝔡𝔢"], "en"),
    ],
)
def test_the_first_language_with_texts_is_taken(tags: list[str], code: str) -> None:
    assert first_of(tags).code == code


@pytest.mark.parametrize("code", CODES)
def test_it_knows_its_direction(code: str) -> None:
    assert first_of([code]).direction == Locale.parse(code).text_direction


def test_a_text_without_numbers_reads_no_data_of_the_locale() -> None:
    code = (
        "from babel import localedata; from service.languages.reader_language import first_of;"
        " language = first_of(['ar-EG']); print(language.direction, language.say('problem_title'));"
        " print(len(localedata._dict_cache))"
    )

    output = subprocess.check_output([sys.executable, "-c", code])

    assert output.splitlines()[1:] == [b"0"]


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "Jest 1 znak,"),
        (3, "Są 3 znaki,"),
        (12, "Jest 12 znaków,"),
        (22, "Są 22 znaki,"),
        (10_001, "Jest 10\xa0001 znaków,"),
    ],
)
def test_a_number_chooses_the_plural_form(count: int, sentence: str) -> None:
    assert first_of(["pl"]).say("wrong_length", count=count, limit=10_000).startswith(sentence)


@pytest.mark.parametrize(
    ("tag", "number"),
    [("fa", "۱۲٬۳۴۵"), ("ar-EG", "١٢٬٣٤٥"), ("ar-MA", "12.345"), ("hi", "12,345")],
)
def test_numbers_have_the_digits_of_the_region(tag: str, number: str) -> None:
    assert number in first_of([tag]).say("wrong_length", count=12_345, limit=1)


def test_times_are_written_as_the_region_does() -> None:
    assert first_of(["de-AT"]).time(MOMENT) == "4. März 2026, 05:06 UTC"
    assert first_of(["fr-CA"]).time(MOMENT) == "4 mars 2026, 05 h 06 UTC"
    assert first_of(["fa"]).time(MOMENT) == "۴ مارس ۲۰۲۶، ساعت ۵:۰۶ UTC"
    assert first_of(["ru"]).after(300) == "через 5 минут"


@pytest.mark.parametrize("code", [*CODES, "zh-TW", "es-US", "ar-EG"])
def test_times_have_no_seconds(code: str) -> None:
    assert first_of([code]).time(MOMENT) == first_of([code]).time(MOMENT.replace(second=0))


def test_what_stands_in_markup_is_escaped() -> None:
    markup = first_of(["fr"]).markup("own_by", name="<b>", date="1", site="{x}")

    assert markup == "Par &lt;b&gt;, 1, sur {x}"
