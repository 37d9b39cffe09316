"""Every language that is sorted, in its own script: told, scored, explained, marked, searched."""

import math

import pytest

from judging.comment_scoring import Reading, read_each
from judging.judge import Judge
from judging.loaded_model import load_model
from judging.spoken_languages import LANGUAGES
from models.serving.classifier import ARTEFACT
from models.serving.highlights import highlighted_spans
from models.serving.languages import Grade
from moderation.comments import Status
from moderation.policy import LANGUAGE, SORTED_LANGUAGE, Decision, Reason
from moderation.sites import Site
from moderation.storage.decisions.claims import ClaimedComment
from moderation.text.search_terms import words_of
from moderation.text.suspect_spans import suspect_spans
from tests.support.sorted_sentences import SENTENCES, UNSCORED

MODEL = load_model(ARTEFACT)
SITE = Site(1, "paper", "Paper", ())
ALL = [
    pytest.param(code, text, id=f"{code}-{kind}")
    for code, own in SENTENCES.items()
    for kind, text in (("ordinary", own.ordinary), ("rude", own.rude))
]


def judged(text: str) -> tuple[Reading, Decision]:
    comment = ClaimedComment(1, 1, "Ada", text, 1)
    assert MODEL.classifier is not None
    reading = read_each(MODEL.classifier, [comment])[1]
    return reading, Judge(MODEL.policy).decision(reading, comment, SITE)


def test_there_are_sentences_in_every_language_that_is_sorted() -> None:
    entries = LANGUAGES.entries.values()

    assert set(SENTENCES) == {own.code for own in entries if own.grade is Grade.SORTS}


@pytest.mark.parametrize(("code", "text"), ALL)
def test_a_sentence_waits_with_the_score_of_its_own_language(code: str, text: str) -> None:
    reading, decision = judged(text)

    assert decision.status is Status.FLAGGED
    assert Reason(SORTED_LANGUAGE, language=code) in decision.reasons
    assert reading.scores == LANGUAGES.classifier(code).score([text])[0]


@pytest.mark.parametrize("code", SENTENCES)
def test_abuse_stands_before_what_nobody_minds(code: str) -> None:
    ordinary, rude = (
        judged(text)[0].scores["toxicity"]
        for text in (SENTENCES[code].ordinary, SENTENCES[code].rude)
    )

    assert rude > ordinary


@pytest.mark.parametrize(("code", "text"), ALL)
def test_the_parts_of_a_score_sum_to_it_and_lie_in_the_text_in_order(code: str, text: str) -> None:
    model = LANGUAGES.classifier(code)

    attribution = model.explain(text).attributions["toxicity"]

    places = [place for span in attribution.spans for place in (span.start, span.end)]
    assert places == sorted(places)
    assert places[-1] <= len(text)
    words = sum(span.contribution for span in attribution.spans)
    logit = words + sum(attribution.unattributed.values())
    assert math.isclose(logit, attribution.logit, abs_tol=1e-6)
    score = model.score([text])[0]["toxicity"]
    assert math.isclose(1 / (1 + math.exp(-logit)), score, abs_tol=1e-6)


@pytest.mark.parametrize("code", SENTENCES)
def test_a_rude_word_is_marked_in_any_script(code: str) -> None:
    text, words = SENTENCES[code].rude, SENTENCES[code].words
    attribution = LANGUAGES.classifier(code).explain(text).attributions["toxicity"]

    marked = [text[span.start : span.end] for span in highlighted_spans(text, attribution)]

    assert any(word in mark or mark in word for word in words for mark in marked), marked


@pytest.mark.parametrize("code", SENTENCES)
def test_a_search_for_a_rude_word_finds_the_comment(code: str) -> None:
    indexed = set(words_of(SENTENCES[code].rude))

    for word in SENTENCES[code].words:
        assert indexed.issuperset(words_of(word)), word
        assert not set(words_of(SENTENCES[code].ordinary)).issuperset(words_of(word))


@pytest.mark.parametrize("code", SENTENCES)
def test_a_suspect_word_is_seen_in_any_script(code: str) -> None:
    text, words = SENTENCES[code].rude, SENTENCES[code].words

    seen = {text[first:end] for first, end in suspect_spans(text, words)}

    assert seen
    assert not list(suspect_spans(SENTENCES[code].ordinary, words))


def test_a_korean_word_is_seen_with_a_particle() -> None:
    assert list(suspect_spans("저 새끼들은 꺼져라", ("새끼",)))


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in UNSCORED.items() for text in texts]
)
def test_a_language_that_its_script_tells_waits_without_a_score(code: str, text: str) -> None:
    reading, decision = judged(text)

    assert decision == Decision(Status.FLAGGED, (Reason(LANGUAGE, language=code),))
    assert reading.scores == {}
