"""The compatible APIs in other languages: a score of the language's own model, or none at all."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from judging.spoken_languages import LANGUAGES
from moderation.choices.site_languages import SiteLanguages
from moderation.policy import SitePolicy
from moderation.sites import KeyScope, Site
from moderation.storage.comments.sites import Sites
from moderation.storage.sites.site_keys import SiteKeys

GERMAN = "Du bist ein dummer Idiot und niemand will dich hier haben."
KIND = "Das ist der beste Artikel, den ich je gelesen habe, und ich danke dafür."
ENGLISH = "You are a stupid idiot and nobody wants you here."
JAPANESE = "これはとても良い記事です。ありがとうございました。"
Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def key(site: Site, site_keys: SiteKeys) -> str:
    return site_keys.make(site.name, scope=KeyScope.SCORE)


@pytest.fixture
def analyze(client: FlaskClient, key: str) -> Ask:
    """Asks Perspective's question about a text."""

    def analyze(text: str, *languages: str, wishes: Any = None, **more: Any) -> dict[str, Any]:
        asked = {"comment": {"text": text}, "requestedAttributes": wishes or {"TOXICITY": {}}}
        spoken = {"languages": list(languages)} if languages else {}
        answer = client.post(f"/comments:analyze?key={key}", json={**asked, **spoken, **more})
        return dict(answer.get_json())

    return analyze


def toxicity(answer: Mapping[str, Any]) -> float:
    return float(answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"])


def own_score(code: str, text: str) -> float:
    return LANGUAGES.classifier(code).score([text])[0]["toxicity"]


@pytest.mark.parametrize(
    "languages", [(), ("de",), ("DE",), ("de-AT",), ("en", "de"), ("is", "de")]
)
def test_a_text_has_the_score_of_its_language(analyze: Ask, languages: tuple[str, ...]) -> None:
    answer = analyze(GERMAN, *languages)

    assert toxicity(answer) == own_score("de", GERMAN) > 0.5
    assert answer["detectedLanguages"] == ["de"]
    assert answer["languages"] == list(languages or ("de",))


def test_the_language_that_a_program_names_is_believed(analyze: Ask) -> None:
    english, german = analyze(GERMAN, "en"), analyze(ENGLISH, "de")

    assert english["detectedLanguages"] == ["de"]
    assert toxicity(english) != own_score("de", GERMAN)
    assert toxicity(german) == own_score("de", ENGLISH)


def test_spans_are_the_words_of_that_score(analyze: Ask) -> None:
    score = analyze(GERMAN, spanAnnotations=True)["attributeScores"]["TOXICITY"]

    words = [GERMAN[span["begin"] : span["end"]] for span in score["spanScores"]]
    assert words == ["dummer", "Idiot"]
    assert all(
        0 < span["score"]["value"] < toxicity(analyze(GERMAN)) for span in score["spanScores"]
    )


@pytest.mark.parametrize(
    ("text", "languages", "attribute"),
    [
        (GERMAN, (), "INSULT"),
        (GERMAN, ("de",), "SPAM"),
        (ENGLISH, ("de", "fr"), "THREAT"),
        (JAPANESE, (), "TOXICITY"),
        (ENGLISH, ("ja",), "TOXICITY"),
        (ENGLISH, ("hi-Latn",), "TOXICITY"),
        (ENGLISH, ("ru-Latn",), "TOXICITY"),
        (ENGLISH, ("am", "is"), "TOXICITY"),
    ],
)
def test_what_was_not_measured_is_the_documented_error(
    analyze: Ask, text: str, languages: tuple[str, ...], attribute: str
) -> None:
    wishes: dict[str, Any] = {"TOXICITY": {}, attribute: {}}

    error = analyze(text, *languages, wishes=wishes)["error"]

    detail = error["details"][0]
    assert detail["errorType"] == "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"
    assert detail["languageNotSupportedByAttributeError"]["attribute"] == attribute
    assert f"Attribute {attribute} does not support request languages: " in error["message"]


def test_a_check_in_a_sorted_language_waits_with_its_score_and_words(
    client: FlaskClient, key: str
) -> None:
    body = {"comments": [{"text": text} for text in (GERMAN, JAPANESE)]}
    headers = {"Authorization": f"Bearer {key}"}

    german, japanese = client.post("/v1/checks", json=body, headers=headers).get_json()["checks"]

    assert (german["status"], german["language"]) == ("flagged", "de")
    assert german["scores"] == {"toxicity": own_score("de", GERMAN)}
    assert [GERMAN[span["start"] : span["end"]] for span in german["spans"]["toxicity"]] == [
        "dummer",
        "Idiot",
    ]
    assert (japanese["status"], japanese["scores"], japanese["spans"]) == ("flagged", {}, {})


def test_a_raised_language_is_decided_and_shows_the_words_of_its_model(
    client: FlaskClient, key: str, sites: Sites
) -> None:
    german = SiteLanguages(("en", "de")).with_raised("de", raised=True)
    sites.change("demo", lambda site: replace(site, languages=german))
    body = {"comments": [{"text": text} for text in (GERMAN, KIND)]}
    headers = {"Authorization": f"Bearer {key}"}

    rude, kind = client.post("/v1/checks", json=body, headers=headers).get_json()["checks"]

    assert [why["rule"] for why in rude["reasons"]] == ["toxicity"]
    words = [GERMAN[span["start"] : span["end"]] for span in rude["spans"]["toxicity"]]
    assert words == ["dummer", "Idiot"]
    assert (kind["status"], kind["spans"]) == ("approved", {})


def test_openai_s_categories_are_null_where_a_language_has_none(
    client: FlaskClient, key: str
) -> None:
    headers = {"Authorization": f"Bearer {key}"}

    answer = client.post("/v1/moderations", json={"input": GERMAN}, headers=headers).get_json()

    (result,) = answer["results"]
    assert result["flagged"] is True
    for kinds in (result["categories"], result["category_scores"]):
        assert set(kinds.values()) == {None}
    assert set(map(tuple, result["category_applied_input_types"].values())) == {()}


@pytest.mark.parametrize(("is_raised", "word"), [(False, "false"), (True, "true")])
def test_abuse_is_spam_in_the_languages_that_the_site_lets_decide(
    client: FlaskClient, key: str, sites: Sites, *, is_raised: bool, word: str
) -> None:
    languages = SiteLanguages(("en", "de")).with_raised("de", raised=is_raised)
    policy = SitePolicy(abuse_is_spam=True)
    sites.change("demo", lambda site: replace(site, languages=languages, policy=policy))
    form = {"api_key": key, "blog": "https://paper.example", "user_ip": "192.0.2.1"}

    answers = [
        client.post("/1.1/comment-check", data={**form, "comment_content": text}).text
        for text in (GERMAN, KIND, ENGLISH, JAPANESE)
    ]

    assert answers == [word, "false", "true", "false"]
