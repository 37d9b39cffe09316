"""A name is read as the text is: what waits because of it, and what does not."""

from collections.abc import Sequence

import pytest

from characters.hidden import hides
from judging.comment_scoring import read_each
from judging.judge import decide_text
from judging.loaded_model import load_model
from models.serving.classifier import ARTEFACT
from moderation.comments import Status
from moderation.name_policy import with_name
from moderation.policy import Decision, Part, Reason
from moderation.storage.decisions.claims import ClaimedComment
from tests.support.author_names import HELD, ORDINARY

MODEL = load_model(ARTEFACT)
HARMLESS = "Thank you for this article."
HIDDEN = [chr(code) for code in range(0x110000) if hides(chr(code)) and code != 0]


SPLIT = [
    ("You are", "an idiot"),
    ("You are such a", "clown of a writer"),
    ("I hope that you all", "get hit by a bus"),
    ("Why don't you", "jump off a bridge"),
    ("Somebody should", "hang them all"),
    ("All of you", "belong in a cage"),
    ("Visit my", "page for a free prize"),
]


def decisions(comments: Sequence[tuple[str, str]]) -> list[Decision]:
    """Of names and texts, as a worker with the shipped model takes them."""
    assert MODEL.classifier is not None
    claimed = [ClaimedComment(k, 1, *both, attempts=1) for k, both in enumerate(comments)]
    readings = read_each(MODEL.classifier, claimed)
    return [
        with_name(
            decide_text(readings[k].text, MODEL.policy),
            readings[k].name,
            MODEL.policy,
        )
        for k in range(len(comments))
    ]


def named(names: Sequence[str]) -> list[Decision]:
    return decisions([(name, HARMLESS) for name in names])


def test_ordinary_and_unusual_names_of_all_cultures_are_approved() -> None:
    decided = zip(ORDINARY, named(ORDINARY), strict=True)

    assert {name: why.reasons for name, why in decided if why.status is not Status.APPROVED} == {}


def test_abusive_and_advertising_names_wait_and_the_reason_says_that_it_is_the_name() -> None:
    decided = dict(zip(HELD, named(HELD), strict=True))

    assert [name for name, why in decided.items() if why.status is not Status.FLAGGED] == []
    parts = {reason.part for why in decided.values() for reason in why.reasons}
    assert parts == {Part.NAME}


@pytest.mark.parametrize("name", ["Stupid bi{}tch", "Gary pil{}ls.com", "Gary 0171 12{}34567"])
def test_no_hidden_character_of_unicode_helps_a_name(name: str) -> None:
    hidden = [character for character in HIDDEN if not character.isspace()]

    decided = named([name.format(character) for character in hidden])

    missed = [f"U+{ord(c):04X}" for c, why in zip(hidden, decided, strict=True) if not why.reasons]
    assert missed == []


@pytest.mark.parametrize(("name", "text"), SPLIT)
def test_an_insult_split_over_name_and_text_waits(name: str, text: str) -> None:
    [decision] = decisions([(name, text)])

    assert decision.status is not Status.APPROVED


def test_a_name_in_another_language_is_no_reason() -> None:
    [decision] = named(["Der Mann der nicht aus dem Haus geht"])

    assert decision == Decision(Status.APPROVED)


def test_a_foreign_text_does_not_hide_its_name() -> None:
    [decision] = decisions([("Moron", "Die Antwort ist nicht so einfach, und das weißt du.")])

    assert [(why.rule, why.part) for why in decision.reasons][:2] == [
        ("sorted_language", Part.TEXT),
        ("toxicity", Part.NAME),
    ]


def test_a_harmful_text_under_a_harmful_name_has_the_reasons_of_both() -> None:
    [decision] = decisions([("pills.example", "You are an idiot.")])

    assert {why.part for why in decision.reasons} == {Part.TEXT, Part.NAME}
    assert Reason("contact", part=Part.NAME) in decision.reasons
