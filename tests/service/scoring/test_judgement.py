"""A text that is only asked about is judged as a worker judges a comment."""

from dataclasses import replace
from pathlib import Path

from flask import Flask

from moderation.comments import Status
from moderation.policy import SitePolicy
from moderation.sites import KeyScope, Site
from moderation.storage.sites.site_keys import SiteKeys
from service.scoring.judgement import judge_one, language_of, scores_of, spans_of
from service.scoring.score_keys import site_of_key
from tests.support.web_app import MakeApp

RUDE = "You are a stupid idiot."


def test_the_site_s_policy_decides(app: Flask, site: Site) -> None:
    strict = replace(site, policy=SitePolicy(reject={"toxicity": 0.5}))
    with app.test_request_context():
        rude, strictly, kind = (
            judge_one("Ada", RUDE, site),
            judge_one("Ada", RUDE, strict),
            judge_one("Ada", "Thank you for this article.", site),
        )

    assert [judgement.decision.status for judgement in (rude, strictly, kind)] == [
        Status.FLAGGED,
        Status.REJECTED,
        Status.APPROVED,
    ]
    assert rude.scores["toxicity"] > 0.5 > kind.scores["toxicity"]


def test_a_name_of_the_site_s_people_is_held(app: Flask, site: Site) -> None:
    with app.test_request_context():
        judgement = judge_one(site.title, "Thank you for this article.", site)

    assert [why.rule for why in judgement.decision.reasons] == ["reserved_name"]


def test_spans_are_words_and_say_what_the_score_would_be_without_them(app: Flask) -> None:
    with app.test_request_context():
        spans = spans_of(RUDE, ["insult"])["insult"]
        score = scores_of(RUDE)["insult"]

    assert [RUDE[span.start : span.end] for span in spans] == ["stupid", "idiot"]
    assert all(0 < span.share < score for span in spans)


def test_languages_are_named(app: Flask, site: Site) -> None:
    with app.test_request_context():
        languages = [
            language_of(text, site)
            for text in (
                "This is the best article that I have read.",
                "Das ist der beste Artikel, den ich je gelesen habe, und ich danke dafür.",
                "これはとても良い記事です",
            )
        ]

    assert languages == ["en", "de", "ja"]


def test_without_a_model_a_person_decides(make_app: MakeApp, site: Site, tmp_path: Path) -> None:
    with make_app(model=tmp_path).test_request_context():
        decision = judge_one("Ada", "Thank you.", site).decision

    assert (decision.status, [why.rule for why in decision.reasons]) == (
        Status.FLAGGED,
        ["no_model"],
    )


def test_a_key_that_was_made_just_now_leads_to_its_site(
    app: Flask, site: Site, site_keys: SiteKeys
) -> None:
    with app.test_request_context():
        first = site_keys.make("demo", scope=KeyScope.SCORE, name="a")
        assert site_of_key(first).name == "demo"
        second = site_keys.make("demo", scope=KeyScope.SCORE, name="b")
        assert site_of_key(second).name == "demo"
