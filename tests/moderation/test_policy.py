"""What scores mean: the boundaries."""

import math

import pytest

from moderation.comments import Status
from moderation.policy import LANGUAGE, SCORING_FAILED, Policy, Reason, SitePolicy, decide
from moderation.sanctions import SanctionKind

POLICY = Policy(reject={"toxicity": 0.9, "spam": 0.95}, flag={"toxicity": 0.4, "spam": 0.5})
TOXICITY_ONLY = Policy(reject={"toxicity": 0.9}, flag={"toxicity": 0.4})


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


LOW, HIGH, HIGHEST = {"toxicity": 0.1}, {"toxicity": 0.5}, {"toxicity": 0.95}
MISSING: dict[str, float] = {}


@pytest.mark.parametrize(
    ("sanction", "doubts", "scores", "status", "rules"),
    [
        (None, [], LOW, Status.APPROVED, []),
        (None, [], HIGH, Status.FLAGGED, ["toxicity"]),
        (None, [], HIGHEST, Status.REJECTED, ["toxicity"]),
        (None, [], MISSING, Status.FLAGGED, ["scoring_failed"]),
        (None, [LANGUAGE], LOW, Status.FLAGGED, ["language"]),
        (None, [LANGUAGE], HIGH, Status.FLAGGED, ["language"]),
        (None, [LANGUAGE], HIGHEST, Status.FLAGGED, ["language"]),
        (None, [LANGUAGE], MISSING, Status.FLAGGED, ["language"]),
        (SanctionKind.ALWAYS_FLAG, [], LOW, Status.FLAGGED, ["always_flagged"]),
        (SanctionKind.ALWAYS_FLAG, [], HIGH, Status.FLAGGED, ["always_flagged", "toxicity"]),
        (SanctionKind.ALWAYS_FLAG, [], HIGHEST, Status.REJECTED, ["toxicity"]),
        (
            SanctionKind.ALWAYS_FLAG,
            [],
            MISSING,
            Status.FLAGGED,
            ["always_flagged", "scoring_failed"],
        ),
        (SanctionKind.ALWAYS_FLAG, [LANGUAGE], LOW, Status.FLAGGED, ["always_flagged", "language"]),
        (
            SanctionKind.ALWAYS_FLAG,
            [LANGUAGE],
            HIGH,
            Status.FLAGGED,
            ["always_flagged", "language"],
        ),
        (
            SanctionKind.ALWAYS_FLAG,
            [LANGUAGE],
            HIGHEST,
            Status.FLAGGED,
            ["always_flagged", "language"],
        ),
        (
            SanctionKind.ALWAYS_FLAG,
            [LANGUAGE],
            MISSING,
            Status.FLAGGED,
            ["always_flagged", "language"],
        ),
        (SanctionKind.BAN, [], LOW, Status.REJECTED, ["banned"]),
        (SanctionKind.BAN, [], HIGH, Status.REJECTED, ["banned", "toxicity"]),
        (SanctionKind.BAN, [], HIGHEST, Status.REJECTED, ["banned", "toxicity"]),
        (SanctionKind.BAN, [], MISSING, Status.REJECTED, ["banned", "scoring_failed"]),
        (SanctionKind.BAN, [LANGUAGE], LOW, Status.REJECTED, ["banned", "language"]),
        (SanctionKind.BAN, [LANGUAGE], HIGH, Status.REJECTED, ["banned", "language"]),
        (SanctionKind.BAN, [LANGUAGE], HIGHEST, Status.REJECTED, ["banned", "language"]),
        (SanctionKind.BAN, [LANGUAGE], MISSING, Status.REJECTED, ["banned", "language"]),
    ],
)
def test_whole_rule(
    sanction: SanctionKind | None,
    doubts: list[str],
    scores: dict[str, float],
    status: Status,
    rules: list[str],
) -> None:
    decision = decide(scores, TOXICITY_ONLY, doubts=doubts, sanction=sanction)

    assert decision.status is status
    assert [reason.rule for reason in decision.reasons] == rules


def test_every_doubt_is_a_reason() -> None:
    decision = decide(HIGHEST, TOXICITY_ONLY, doubts=[LANGUAGE, SCORING_FAILED])

    assert decision.reasons == (Reason(LANGUAGE), Reason(SCORING_FAILED))
