"""What a comment of a few words becomes: our own sentences, which nothing was fitted to."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from judging.comment_scoring import read_each
from judging.judge import Judge, spoken_on
from judging.loaded_model import load_model
from models.serving.classifier import ARTEFACT
from moderation.choices.site_languages import SiteLanguages
from moderation.comments import Status
from moderation.policy import LANGUAGE, SORTED_LANGUAGE, Decision
from moderation.sites import Site
from moderation.storage.decisions.claims import ClaimedComment
from tests.support.foreign_sentences import (
    ENGLISH_WORDS_TOO,
    NAMES,
    SHORT_ENGLISH,
    TRANSLITERATED,
    WITH_DATA,
    WITHOUT_DATA,
    WORDLESS,
)

MODEL = load_model(ARTEFACT)
IN_ENGLISH = Site(1, "paper", "Paper", ())
IN_GERMAN = replace(IN_ENGLISH, languages=SiteLanguages(("de", "en"), "de", ("de",)))
FOREIGN = {**WITH_DATA, **WITHOUT_DATA, **TRANSLITERATED}
MIXED = (
    "Great article. Vete a la mierda, payaso",
    "Thanks for the photo, du blöde Kuh",
    "Halt die Klappe. I agree with every word of this article.",
    "I love this, çok güzel olmuş gerçekten",
    "My grandmother always said 'kto rano wstaje, temu Pan Bóg daje' to us",
    "Nice one! 你是个白痴",
    "bhai kya video hai, totally loved it yaar",
)


def decisions(texts: Sequence[str], site: Site = IN_ENGLISH) -> dict[str, Decision]:
    comments = [ClaimedComment(n, 1, "Ada", text, 1) for n, text in enumerate(texts)]
    assert MODEL.classifier is not None
    readings = read_each(MODEL.classifier, comments, lambda _: spoken_on(site))
    judge = Judge(MODEL.policy)
    return {own.text: judge.decision(readings[own.id], own, site) for own in comments}


def not_for_their_language(decided: dict[str, Decision]) -> Iterable[str]:
    """The texts that do not wait for their language."""
    for text, decision in decided.items():
        rules = {reason.rule for reason in decision.reasons}
        if decision.status is not Status.FLAGGED or not rules & {LANGUAGE, SORTED_LANGUAGE}:
            yield text


@pytest.mark.parametrize("language", sorted(FOREIGN))
def test_a_few_words_of_another_language_wait(language: str) -> None:
    decided = decisions(FOREIGN[language])

    assert set(not_for_their_language(decided)) <= set(ENGLISH_WORDS_TOO)


@pytest.mark.parametrize("language", sorted(FOREIGN))
def test_none_is_approved_where_a_site_lets_another_language_decide(language: str) -> None:
    waiting = decisions(FOREIGN[language], IN_GERMAN)

    approved = {text for text, own in waiting.items() if own.status is not Status.FLAGGED}
    assert approved <= {*(WITH_DATA["de"] if language == "de" else ()), *ENGLISH_WORDS_TOO}


def test_short_english_does_not_wait_for_its_language() -> None:
    assert set(not_for_their_language(decisions(SHORT_ENGLISH))) == set(SHORT_ENGLISH)


def test_emoji_numbers_links_and_names_alone_do_not_wait_for_a_language() -> None:
    texts = (*WORDLESS, *NAMES)

    assert set(not_for_their_language(decisions(texts))) == set(texts)


@pytest.mark.parametrize("text", MIXED)
def test_english_with_words_of_another_language_waits(text: str) -> None:
    assert not list(not_for_their_language(decisions([text])))


def test_the_same_words_in_any_spelling_wait() -> None:
    texts = [spelt for text in WITHOUT_DATA["nl"] for spelt in (text.upper(), text.title())]

    assert not list(not_for_their_language(decisions(texts)))
