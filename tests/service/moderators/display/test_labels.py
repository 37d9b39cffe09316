"""Reasons and ages as people say them."""

from datetime import timedelta

import pytest

from models.serving.name_signs import SignKind
from moderation.policy import Part, Reason
from service.moderators.display.labels import age, attribute_name, in_words


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason("toxicity", 0.834, 0.41), "toxicity 0.83, flagged from 0.41 up"),
        (Reason("identity_attack", 1.0, 0.9), "identity attack 1.00, flagged from 0.90 up"),
        (Reason("scoring_failed"), "could not be scored after several attempts"),
        (Reason("no_model"), "not scored: the workers have no model"),
        (Reason("a_new_rule"), "a new rule"),
        (
            Reason("insult", 0.98, 0.5, Part.NAME),
            "author's name: insult 0.98, flagged from 0.50 up",
        ),
        (
            Reason("contact", part=Part.NAME),
            "author's name: an address, a telephone number or a handle",
        ),
    ],
)
def test_a_reason_is_said_in_words(reason: Reason, words: str) -> None:
    assert in_words(reason) == words


def test_every_sign_of_a_name_has_words_of_its_own() -> None:
    for kind in SignKind:
        assert in_words(Reason(kind, part=Part.NAME)) != f"author's name: {attribute_name(kind)}"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "just now"),
        (59, "just now"),
        (60, "1 minute ago"),
        (3599, "59 minutes ago"),
        (3600, "1 hour ago"),
        (86399, "23 hours ago"),
        (86400, "1 day ago"),
        (864000, "10 days ago"),
    ],
)
def test_an_age_is_said_in_the_largest_whole_unit(seconds: int, words: str) -> None:
    assert age(timedelta(seconds=seconds)) == words
