"""What scores mean: the boundaries."""

import math

import pytest

from moderation.comments import Status
from moderation.policy import (
    SCORING_FAILED,
    Decision,
    Policy,
    Reason,
    SitePolicy,
    decide,
    hold,
    sanctioned,
)
from moderation.sanctions import Kind

POLICY = Policy(reject={"toxicity": 0.9, "spam": 0.95}, flag={"toxicity": 0.4, "spam": 0.5})


@pytest.mark.parametrize(
    ("toxicity", "spam", "status"),
    [
        (0.0, 0.0, Status.APPROVED),
        (0.3999, 0.4999, Status.APPROVED),
        (0.4, 0.0, Status.FLAGGED),
        (0.0, 0.5, Status.FLAGGED),
        (0.8999, 0.0, Status.FLAGGED),
        (0.9, 0.0, Status.REJECTED),
        (0.0, 0.95, Status.REJECTED),
        (0.5, 0.99, Status.REJECTED),
        (1.0, 1.0, Status.REJECTED),
    ],
)
def test_highest_threshold_reached_decides(toxicity: float, spam: float, status: Status) -> None:
    assert decide({"toxicity": toxicity, "spam": spam}, POLICY).status is status


def test_decision_says_which_threshold_was_reached() -> None:
    decision = decide({"toxicity": 0.6, "spam": 0.1}, POLICY)

    assert decision.reasons == (Reason("toxicity", 0.6, 0.4),)


@pytest.mark.parametrize("scores", [{}, {"toxicity": 0.1}, {"toxicity": math.nan, "spam": 0.1}])
def test_score_that_is_missing_or_no_number_flags(scores: dict[str, float]) -> None:
    decision = decide(scores, POLICY)

    assert decision.status is Status.FLAGGED
    assert decision.reasons == (Reason(SCORING_FAILED),)


@pytest.mark.parametrize(
    ("site", "toxicity", "status"),
    [
        (SitePolicy(never_reject=True), 0.99, Status.FLAGGED),
        (SitePolicy(reject=0.7), 0.7, Status.REJECTED),
        (SitePolicy(flag=0.2), 0.2, Status.FLAGGED),
        (SitePolicy(flag=0.2), 0.1, Status.APPROVED),
    ],
)
def test_site_changes_the_default(site: SitePolicy, toxicity: float, status: Status) -> None:
    policy = POLICY.for_site(site)

    assert decide({"toxicity": toxicity, "spam": 0.0}, policy).status is status


def test_doubt_that_is_no_score_holds_the_comment() -> None:
    assert hold("no_model").status is Status.FLAGGED


@pytest.mark.parametrize(
    ("decided", "kind", "status", "rules"),
    [
        (Status.APPROVED, None, Status.APPROVED, ["toxicity"]),
        (Status.APPROVED, Kind.BAN, Status.REJECTED, ["banned", "toxicity"]),
        (Status.FLAGGED, Kind.BAN, Status.REJECTED, ["banned", "toxicity"]),
        (Status.APPROVED, Kind.ALWAYS_FLAG, Status.FLAGGED, ["always_flagged", "toxicity"]),
        (Status.FLAGGED, Kind.ALWAYS_FLAG, Status.FLAGGED, ["always_flagged", "toxicity"]),
        (Status.REJECTED, Kind.ALWAYS_FLAG, Status.REJECTED, ["toxicity"]),
    ],
)
def test_a_sanction_makes_a_decision_stricter_only(
    decided: Status, kind: Kind | None, status: Status, rules: list[str]
) -> None:
    decision = sanctioned(Decision(decided, (Reason("toxicity", 0.5, 0.4),)), kind)

    assert decision.status is status
    assert [reason.rule for reason in decision.reasons] == rules
