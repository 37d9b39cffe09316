"""Readers get the script's texts, their own page and what went wrong in their language."""

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from moderation.sites import Site
from service.languages.reader_language import CODES, texts_of
from tests.support.web_app import ORIGIN


@pytest.mark.parametrize("code", CODES)
def test_any_page_may_fetch_the_texts_of_a_language(client: FlaskClient, code: str) -> None:
    answer = client.get(f"/languages/{code}.json", headers={"Origin": "https://any.example"})

    assert answer.get_json() == texts_of(code)["script"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("code", ["xx", "de.json", "..%2Fde", "DE"])
def test_other_languages_are_not_there(client: FlaskClient, code: str) -> None:
    assert client.get(f"/languages/{code}.json").status_code == 404


def submit(client: FlaskClient, place: Site, language: str, **fields: object) -> dict[str, str]:
    sent = {"site": place.name, "page": "/a", "name": "Ada", "text": "Hello", **fields}
    headers = {"Origin": ORIGIN, **({"Accept-Language": language} if language else {})}
    return dict(client.post("/v1/comments", json=sent, headers=headers).get_json())


@pytest.mark.parametrize(
    ("language", "fields", "detail"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", {"text": " "}, "Bitte schreiben Sie hier etwas."),
        ("fr", {"name": "a\nb"}, "Une seule ligne est possible ici."),
        ("es", {"parent": "none"}, "El comentario al que responde ya no está."),
        ("sv", {"name": "n" * 81}, "Det är 81 tecken, högst 80 är tillåtna."),
        ("it", {"text": "a\0"}, "Così non può essere accettato."),
        ("hu", {"name": None}, "Please write something here."),
        ("", {"name": None}, "name is missing: give 1 to 80 characters"),
        ("de", {"page": ""}, "page is missing: give the page's path, or a name of your own for it"),
        ("de", {"site": "nobody"}, texts_of("de")["pages"]["problem_website"]),
    ],
)
def test_a_refusal_is_in_the_language_that_the_browser_asks_for(
    client: FlaskClient, site: Site, language: str, fields: dict[str, object], detail: str
) -> None:
    assert submit(client, site, language, **fields)["detail"] == detail


def test_the_address_of_a_form_says_the_language_of_its_page(
    client: FlaskClient, site: Site
) -> None:
    sent = {"site": site.name, "page": "/a", "name": "Ada", "text": ""}
    headers = {"Origin": ORIGIN, "Accept": "text/html", "Accept-Language": "de"}

    page = client.post("/v1/comments?lang=ar", data=sent, headers=headers).text

    assert '<html lang="ar" dir="rtl">' in page
    assert "يُرجى كتابة شيء هنا." in page
    assert "<h1>لم ينجح ذلك</h1>" in page


@pytest.mark.parametrize("language", CODES)
def test_the_authors_page_is_in_the_readers_language(
    client: FlaskClient, site: Site, language: str
) -> None:
    taken = submit(client, site, language)
    address = urlsplit(taken["author_url"]).path

    page = client.get(address, headers={"Accept-Language": language}).text

    texts = texts_of(language)["pages"]
    assert f'<html lang="{language}"' in page
    assert f"""<p role="status">{texts["own_pending"]}</p>""" in page
    assert f'<button class="parley-button">{texts["own_erase"]}</button>' in page
    assert str(texts["own_erased"]) in client.post(f"{address}?lang={language}").text
