"""Reasons as sentences that need no knowledge of scores."""

import pytest

from models.serving.name_signs import SignKind
from moderation.comments import QueueSection, Status
from moderation.policy import ATTRIBUTES, Part, Reason
from moderation.review.reason_sentences import in_percent, reason_sentences


@pytest.mark.parametrize(
    ("reasons", "sentences"),
    [
        (
            [Reason("toxicity", 0.0512, 0.0387)],
            ["5 % of comments like this are toxic; waits from 4 %"],
        ),
        ([Reason("threat", 0.01, 0.01)], ["1 % of comments like this are threats; waits from 1 %"]),
        (
            [Reason("toxicity", 0.4, 0.04), Reason("insult", 0.6, 0.5), Reason("spam", 0.1, 0.1)],
            ["60 % of comments like this are insults; waits from 50 %; also toxicity, spam"],
        ),
        (
            [Reason("toxicity", 0.02, 0.0)],
            ["2 % of comments like this are toxic; every comment waits here"],
        ),
        ([Reason("scoring_failed")], ["could not be scored after several attempts"]),
        ([Reason("a_new_rule")], ["a new rule"]),
        (
            [Reason("always_flagged"), Reason("spam", 0.2, 0.1)],
            [
                "its author's comments always wait on this site",
                "20 % of comments like this are spam; waits from 10 %",
            ],
        ),
        (
            [
                Reason("insult", 0.98, 0.5, Part.NAME),
                Reason("toxicity", 0.99, 0.85, Part.NAME),
                Reason("profanity", 0.7, 0.7, Part.NAME),
            ],
            [
                "author's name: 99 % of comments like this are toxic; waits from 85 %;"
                " also insult, profanity"
            ],
        ),
        (
            [Reason("spam", 0.98, 0.9, Part.NAME), Reason("contact", part=Part.NAME)],
            ["author's name: an address, a telephone number or a handle"],
        ),
        ([], []),
    ],
)
def test_reasons_are_said_in_few_sentences(reasons: list[Reason], sentences: list[str]) -> None:
    assert reason_sentences(reasons) == sentences


@pytest.mark.parametrize(
    ("became", "effect"),
    [
        (QueueSection.IN_DOUBT, "waits"),
        (QueueSection.LIKELY_REJECTED, "likely to be rejected"),
        (Status.FLAGGED, "waits"),
        (Status.REJECTED, "rejected"),
    ],
)
def test_a_sentence_says_what_the_score_did(became: Status | QueueSection, effect: str) -> None:
    (sentence,) = reason_sentences([Reason("toxicity", 0.93, 0.85)], became)
    assert sentence == f"93 % of comments like this are toxic; {effect} from 85 %"


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (0.0, "0 %"),
        (0.0004, "< 0.1 %"),
        (0.002, "0.2 %"),
        (0.005, "0.5 %"),
        (0.0096, "1 %"),
        (0.994, "99 %"),
        (0.9964, "99.6 %"),
        (0.9999, "> 99.9 %"),
        (1.0, "100 %"),
    ],
)
def test_a_score_is_said_in_percent(score: float, words: str) -> None:
    assert in_percent(score) == words


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_every_attribute_reads_as_a_sentence(attribute: str) -> None:
    (sentence,) = reason_sentences([Reason(attribute, 0.02, 0.5)])
    assert sentence.startswith("2 % of comments like this are ")
    assert "_" not in sentence


def test_every_sign_of_a_name_has_words_of_its_own() -> None:
    for kind in SignKind:
        (sentence,) = reason_sentences([Reason(kind, part=Part.NAME)])
        assert sentence != f"author's name: {kind.replace('_', ' ')}"
