"""What a name means for a decision: the boundaries."""

import math

import pytest

from moderation.comments import Status
from moderation.name_policy import NAME_FLAG, PHRASE_FLAG, NameReading, with_name
from moderation.policy import ATTRIBUTES, SCORING_FAILED, Decision, Part, Policy, Reason

POLICY = Policy(flag={"toxicity": 0.04})
APPROVED = Decision(Status.APPROVED)
LOW = dict.fromkeys(ATTRIBUTES, 0.01)


def just_below(threshold: float) -> float:
    return math.nextafter(threshold, 0)


@pytest.mark.parametrize(
    ("is_phrase", "thresholds"), [(False, NAME_FLAG), (True, PHRASE_FLAG)], ids=["name", "phrase"]
)
def test_each_attribute_flags_from_its_threshold_up(
    is_phrase: bool, thresholds: dict[str, float]
) -> None:
    for attribute, threshold in thresholds.items():
        at, below = (
            with_name(APPROVED, NameReading({**LOW, attribute: score}, is_phrase), POLICY)
            for score in (threshold, just_below(threshold))
        )

        reason = Reason(attribute, threshold, threshold, Part.NAME)
        assert (at, below) == (Decision(Status.FLAGGED, (reason,)), APPROVED)


def test_every_sign_flags_whatever_the_scores_are() -> None:
    decision = with_name(APPROVED, NameReading(LOW, signs=("contact", "abusive_words")), POLICY)

    assert decision == Decision(
        Status.FLAGGED,
        (Reason("contact", part=Part.NAME), Reason("abusive_words", part=Part.NAME)),
    )


@pytest.mark.parametrize("scores", [{}, {"toxicity": math.nan}, {"toxicity": 1.5}])
def test_a_name_without_a_score_waits(scores: dict[str, float]) -> None:
    decision = with_name(APPROVED, NameReading(scores), POLICY)

    assert decision.status is Status.FLAGGED
    assert Reason(SCORING_FAILED, part=Part.NAME) in decision.reasons


@pytest.mark.parametrize("status", [Status.FLAGGED, Status.REJECTED])
def test_what_was_decided_stays_and_says_more(status: Status) -> None:
    decided = Decision(status, (Reason("toxicity", 0.99, 0.9),))

    decision = with_name(decided, NameReading(LOW, signs=("contact",)), POLICY)

    assert decision.status is status
    assert decision.reasons == (*decided.reasons, Reason("contact", part=Part.NAME))


def test_a_site_that_flags_later_flags_names_no_earlier() -> None:
    reading = NameReading({**LOW, "toxicity": 0.95})

    assert with_name(APPROVED, reading, Policy(flag={"toxicity": 0.97})) == APPROVED
