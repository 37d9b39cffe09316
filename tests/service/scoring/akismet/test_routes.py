"""Akismet's API: its words, its headers, its keys wherever a program carries them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.labels import LabelSource
from moderation.policy import SitePolicy
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.sites.rule_versions import RuleVersions
from tests.service.scoring.akismet.conftest import BASE, Ask
from tests.support.clock import FakeClock
from tests.support.web_app import MakeApp

KIND = "Thank you for this article."
RUDE = "You are a stupid idiot."
SPAM = (
    "Buy cheap viagra online now, best casino bonus, click here https://cheap-pills.example"
    " http://casino-bonus.example free shipping, work from home and earn $5000 a week!!!"
)
Carried = tuple[str, dict[str, str], str]


def _debug(response: TestResponse) -> str:
    return response.headers.get("X-akismet-debug-help", "")


def _set_policy(sites: Sites, policy: SitePolicy) -> None:
    sites.change("demo", lambda site: replace(site, policy=policy))


def test_spam_is_true_and_a_comment_is_false(ask: Ask) -> None:
    answers = [ask("comment-check", text) for text in (SPAM, KIND, RUDE)]

    assert [answer.text for answer in answers] == ["true", "false", "false"]
    assert {answer.mimetype for answer in answers} == {"text/plain"}
    assert "akismet" not in str([answer.headers for answer in answers]).lower()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("comment_author", "A\0da"),
        ("comment_content", "Thank\0 you for this article."),
        ("blog", "https://paper.example\0"),
        ("permalink", "https://paper.example/\0a"),
    ],
)
def test_a_nul_is_no_part_of_a_field(
    ask: Ask, database: Database, clock: FakeClock, field: str, value: str
) -> None:
    RuleVersions(database, clock).change("demo", {"first_comments": 1})  # which looks for the name

    assert ask("comment-check", KIND, **{field: value}).text == "false"
    assert ask("submit-ham", KIND, **{field: value}).status_code == 200


def test_abuse_is_spam_where_the_site_says_so(ask: Ask, sites: Sites) -> None:
    _set_policy(sites, SitePolicy(abuse_is_spam=True))

    assert [ask("comment-check", text).text for text in (RUDE, KIND)] == ["true", "false"]


def test_what_the_site_rejects_unseen_may_be_discarded(ask: Ask, sites: Sites) -> None:
    _set_policy(sites, SitePolicy(reject={"spam": 0.5}))

    answer = ask("comment-check", SPAM)

    assert (answer.text, answer.headers["X-akismet-pro-tip"]) == ("true", "discard")


@pytest.mark.parametrize(
    ("parameters", "word"),
    [
        ({"comment_author": "viagra-test-123"}, "true"),
        ({"comment_author_email": "akismet-guaranteed-spam@example.com"}, "true"),
        ({"user_role": "administrator", "comment_content": SPAM}, "false"),
        ({"honeypot_field_name": "trap", "trap": "filled in"}, "true"),
        ({"honeypot_field_name": "trap", "trap": ""}, "false"),
        ({"POST_ak_hp_textarea": "filled in"}, "true"),
        ({"HTTP_ACCEPT": "*/*", "comment_context[]": "a", "unheard_of": "x" * 5_000}, "false"),
        ({"content_type": "forum-post", "is_test": "true"}, "false"),
    ],
)
def test_what_it_is_tried_out_with_is_answered(
    ask: Ask, parameters: dict[str, str], word: str
) -> None:
    more = {"comment_content": KIND, **parameters}

    assert ask("comment-check", **more).text == word


@pytest.mark.parametrize(
    "carried",
    [
        lambda key: ("/1.1/comment-check", {"api_key": key}, "comments.example"),
        lambda key: ("/akismet/1.1/comment-check", {"api_key": key}, "comments.example"),
        lambda key: (f"/akismet/{key}/1.1/comment-check", {}, "comments.example"),
        lambda key: ("/1.1/comment-check", {}, f"{key}.comments.example"),
        lambda key: ("/1.1/comment-check", {}, f"{key}.comments.example:8080"),
    ],
)
def test_a_key_is_read_wherever_a_program_carries_it(
    client: FlaskClient, key: str, carried: Callable[[str], Carried]
) -> None:
    path, form, host = carried(key)
    sent = {**BASE, **form, "comment_content": SPAM}

    assert client.post(path, data=sent, base_url=f"http://{host}").text == "true"


@pytest.mark.parametrize(
    ("form", "word", "sentence"),
    [
        ({}, "valid", ""),
        ({"key": "0123456789ab"}, "invalid", "no key of a site"),
        ({"key": ""}, "invalid", "Empty API key"),
        ({"blog": ""}, "invalid", 'Empty "blog" value'),
        ({"blog": "https://"}, "invalid", 'Invalid "blog" value'),
    ],
)
def test_a_key_is_verified(
    client: FlaskClient, key: str, form: dict[str, str], word: str, sentence: str
) -> None:
    sent = {"key": key, "blog": "https://paper.example", **form}

    answer = client.post("/1.1/verify-key", data=sent)

    assert (answer.status_code, answer.text) == (200, word)
    assert sentence in _debug(answer)
    assert bool(_debug(answer)) == (word == "invalid")


@pytest.mark.parametrize("operation", ["comment-check", "submit-spam", "submit-ham"])
def test_a_missing_parameter_is_named(ask: Ask, operation: str) -> None:
    answer = ask(operation, KIND, user_ip="")

    assert (answer.status_code, answer.text) == (200, "invalid")
    assert _debug(answer) == 'Empty "user_ip" value'


def test_buttons_become_labels_of_the_site(ask: Ask, app: Flask, site: Site) -> None:
    thanks = [ask("submit-spam", "<p>A &amp; b</p>"), ask("submit-ham", KIND)]
    ask("submit-spam", "only tried out", is_test="1")

    stored = list(app.extensions["parley"].labels.of_site(site))

    assert {answer.text for answer in thanks} == {"Thanks for making the web a better place."}
    assert [(label.text, label.attribute, label.value, label.source) for label in stored] == [
        ("A & b", "spam", 1.0, LabelSource.AKISMET),
        (KIND, "spam", 0.0, LabelSource.AKISMET),
    ]


def test_a_text_in_another_charset_is_read(
    client: FlaskClient, key: str, app: Flask, site: Site
) -> None:
    form = f"api_key={key}&blog=https://paper.example&user_ip=192.0.2.1".encode()
    latin = b"&blog_charset=ISO-8859-1&comment_content=caf%E9"
    for end in (latin, "&comment_content=tschüß".encode(), b"&comment_content=%F0%9F%98%80"):
        kind = "application/x-www-form-urlencoded"
        client.post("/1.1/submit-spam", data=form + end, content_type=kind)

    texts = [label.text for label in app.extensions["parley"].labels.of_site(site)]
    assert texts == ["café", "tschüß", "😀"]


def test_a_reference_of_thousands_of_digits_is_read(ask: Ask, app: Flask, site: Site) -> None:
    ask("submit-spam", f"a&#{'9' * 5_000};")

    assert [label.text for label in app.extensions["parley"].labels.of_site(site)] == ["a\ufffd"]


def test_a_body_of_two_megabytes_is_no_verdict(ask: Ask) -> None:
    answer = ask("comment-check", "x" * 2_000_000)

    assert (answer.status_code, answer.text) == (413, "too-large")
    assert "larger than" in _debug(answer)


def test_without_a_model_there_is_no_verdict(make_app: MakeApp, key: str, tmp_path: Path) -> None:
    form = {"api_key": key, **BASE, "comment_content": KIND}

    answer = make_app(model=tmp_path).test_client().post("/1.1/comment-check", data=form)

    assert (answer.status_code, answer.text) == (503, "unscored")
    assert answer.headers["X-akismet-error"] == "unscored"


def test_a_key_that_asks_too_much_is_told(make_app: MakeApp, key: str) -> None:
    client = make_app(score_limit="1 per hour").test_client()
    form = {"api_key": key, **BASE, "comment_content": KIND}

    first, second = (client.post("/1.1/comment-check", data=form) for _ in range(2))

    assert (first.text, second.status_code) == ("false", 429)
    assert second.headers["X-akismet-alert-code"] == "10009"
    assert "try again" in second.headers["X-akismet-alert-msg"]
    assert int(second.headers["Retry-After"]) > 0


def test_wordpress_is_told_that_it_is_connected(client: FlaskClient) -> None:
    assert client.get("/akismet/1.1/test").text == "connected"
