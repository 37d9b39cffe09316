"""The texts of all languages have the same keys, placeholders and the plural forms they need."""

import json
import re
from importlib.resources import files
from typing import Any, get_args

import pytest
from babel import Locale

from moderation.comments import MistakeKind, Status
from moderation.review.notes import RejectReason
from service.languages.reader_language import CODES, Text, first_of, texts_of
from service.problems.reader_sentences import KEYS
from service.public.embed import MODULES, REST

GROUPS = ("script", "pages")
ENGLISH = texts_of("en")
OTHERS = [code for code in CODES if code != "en"]
# Words that a language has in common with English.
SAME = {
    ("de", "name"): "Name",
    ("de", "own_name"): "Name",
}
PLACEHOLDER = re.compile(r"\{(\w+)\}")
USED_IN_TEMPLATES = re.compile(r"""language\.(?:say|markup)\(["'](\w+)["']""")


def forms(text: Text) -> dict[str, str]:
    return {"other": text} if isinstance(text, str) else text


def single_numbers(code: str, category: str) -> bool:
    """Whether one number alone, 0, 1 or 2, is of this category: its form may be without digits."""
    rule = Locale.parse(code).plural_form
    return len([number for number in range(200) if rule(number) == category]) == 1


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("group", GROUPS)
def test_each_language_has_the_keys_of_english_in_their_order(code: str, group: Any) -> None:
    assert list(texts_of(code)[group]) == list(ENGLISH[group])


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("group", GROUPS)
def test_each_text_has_its_placeholders_and_its_plural_forms(code: str, group: Any) -> None:
    categories = Locale.parse(code).plural_form.tags | {"other"}
    for key, english in ENGLISH[group].items():
        text = texts_of(code)[group][key]
        needed = set(PLACEHOLDER.findall(forms(english)["other"]))

        assert isinstance(text, str) == isinstance(english, str), key
        if not isinstance(text, str):
            assert set(text) == categories, key
        for category, form in forms(text).items():
            dispensable = {"count"} if single_numbers(code, category) else set()
            placeholders = set(PLACEHOLDER.findall(form))
            assert needed - dispensable <= placeholders <= needed, (key, category)


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("group", GROUPS)
def test_nothing_is_left_in_english(code: str, group: Any) -> None:
    same = {
        key: text
        for key, text in texts_of(code)[group].items()
        if any(form == forms(ENGLISH[group][key])["other"] for form in forms(text).values())
    }

    assert same == {
        key: text for (owner, key), text in SAME.items() if owner == code and key in same
    }


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("group", GROUPS)
def test_a_text_is_one_line_and_no_markup(code: str, group: Any) -> None:
    for key, text in texts_of(code)[group].items():
        for form in forms(text).values():
            assert form == form.strip(), key
            assert form
            assert not set("<>&\n\t") & set(form), key


def test_each_file_is_of_a_language_and_each_language_has_one() -> None:
    folder = files("service.languages").joinpath("texts")

    assert sorted(path.name for path in folder.iterdir()) == [f"{code}.json" for code in CODES]


def test_every_text_is_used() -> None:
    script = "".join(source(f"embed/{name}.js") for name in (*MODULES, *REST))
    templates = "".join(
        path.read_text("utf-8") for path in files("service").joinpath("templates").iterdir()
    )
    of_status = {f"own_{status}" for status in Status}
    of_reason = {
        f"own_reason_{reason.replace('-', '_')}"
        for reason in RejectReason
        if reason is not RejectReason.OTHER
    }
    of_mistake = {f"wrong_{kind}" for kind in (*get_args(MistakeKind), "field")}
    in_pages = {
        *USED_IN_TEMPLATES.findall(templates),
        *KEYS.values(),
        *of_mistake,
        *of_status,
        *of_reason,
    }

    in_script = {key for key in ENGLISH["script"] if f'"{key}"' in script}
    assert set(ENGLISH["script"]) - in_script <= in_pages
    assert set(ENGLISH["pages"]) == in_pages - {"own_", "own_reason_", *ENGLISH["script"]}


def test_no_two_texts_of_a_language_have_one_key() -> None:
    assert not set(ENGLISH["script"]) & set(ENGLISH["pages"])


def source(path: str) -> str:
    return files("service.public").joinpath("static", path).read_text("utf-8")


@pytest.mark.parametrize("code", CODES)
def test_every_page_text_can_be_said(code: str) -> None:
    language = first_of([code])
    values = {name: name for name in ("name", "date", "site", "time", "when", "reason", "title")}
    for key in ENGLISH["pages"]:
        for count in (0, 1, 2, 3, 11, 100, 1_000_000):
            assert "{" not in language.say(key, **values, count=count, limit=10_000)


def test_the_files_are_written_as_json_is() -> None:
    for code in CODES:
        path = files("service.languages").joinpath("texts", f"{code}.json")
        texts = json.dumps(texts_of(code), ensure_ascii=False, indent=2) + "\n"
        assert path.read_text("utf-8") == texts
