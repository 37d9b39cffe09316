"""Which scores a card shows, and how."""

import pytest

from moderation.policy import Part, Reason
from service.moderators.display.score_bars import main_scores, marked_attribute

SCORES = {"toxicity": 0.05, "insult": 0.3, "threat": 0.02, "spam": 0.2, "profanity": None}


@pytest.mark.parametrize(
    ("causes", "attributes"),
    [
        ([], ["insult", "spam"]),
        (["toxicity"], ["toxicity", "insult"]),
        (["toxicity", "spam"], ["spam", "toxicity"]),
        (["language"], ["insult", "spam"]),
    ],
)
def test_the_two_scores_that_matter_are_shown(causes: list[str], attributes: list[str]) -> None:
    assert [attribute for attribute, _ in main_scores(SCORES, causes)] == attributes


def test_without_scores_none_is_shown() -> None:
    assert main_scores({"toxicity": None}, ["toxicity"]) == []


@pytest.mark.parametrize(
    ("reasons", "marked"),
    [
        ([], None),
        ([Reason("spam")], "spam"),
        ([Reason("contact"), Reason("insult"), Reason("spam")], "insult"),
        ([Reason("language")], None),
        ([Reason("sorted_language")], "toxicity"),
        ([Reason("sorted_language"), Reason("spam")], "spam"),
        ([Reason("toxicity", part=Part.NAME)], None),
    ],
)
def test_the_first_reason_of_the_text_with_a_score_is_marked(
    reasons: list[Reason], marked: str | None
) -> None:
    assert marked_attribute(reasons) == marked
