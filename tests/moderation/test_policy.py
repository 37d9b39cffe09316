"""What scores mean: the boundaries."""

import math
from dataclasses import replace

import pytest

from moderation.comments import QueueSection, Status
from moderation.policy import (
    ATTRIBUTES,
    LANGUAGE,
    PREMODERATED,
    SCORING_FAILED,
    InvalidThreshold,
    Policy,
    Reason,
    SitePolicy,
    decide,
)
from moderation.sanctions import SanctionKind

BY_DEFAULT = Policy(likely={"toxicity": 0.9, "spam": 0.95}, flag={"toxicity": 0.4, "spam": 0.5})
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
        (SitePolicy(), 0.99, Status.FLAGGED),
        (SitePolicy({"toxicity": 0.7}), 0.7, Status.REJECTED),
        (SitePolicy({"toxicity": 0.7}), 0.6999, Status.FLAGGED),
        (SitePolicy({"spam": 0.7}), 0.99, Status.FLAGGED),
        (SitePolicy(flag=0.2), 0.2, Status.FLAGGED),
        (SitePolicy(flag=0.2), 0.1, Status.APPROVED),
    ],
)
def test_site_changes_the_default(site: SitePolicy, toxicity: float, status: Status) -> None:
    policy = BY_DEFAULT.for_site(site)

    assert decide({"toxicity": toxicity, "spam": 0.0}, policy).status is status


@pytest.mark.parametrize(
    ("toxicity", "spam", "section", "rules"),
    [
        (0.9, 0.0, QueueSection.LIKELY_REJECTED, ["toxicity"]),
        (0.0, 0.95, QueueSection.LIKELY_REJECTED, ["spam"]),
        (1.0, 1.0, QueueSection.LIKELY_REJECTED, ["toxicity", "spam"]),
        (0.8999, 0.9499, QueueSection.IN_DOUBT, ["toxicity", "spam"]),
    ],
)
def test_what_scores_highest_waits_in_its_own_section(
    toxicity: float, spam: float, section: QueueSection, rules: list[str]
) -> None:
    decision = decide({"toxicity": toxicity, "spam": spam}, BY_DEFAULT)

    assert (decision.status, decision.section) == (Status.FLAGGED, section)
    assert [reason.rule for reason in decision.reasons] == rules


def test_scores_that_mean_nothing_make_nothing_likely_to_be_rejected() -> None:
    assert decide(HIGHEST, BY_DEFAULT, doubts=[LANGUAGE]).section is QueueSection.IN_DOUBT


def test_author_who_is_always_flagged_may_be_likely_to_be_rejected() -> None:
    decision = decide(
        {"toxicity": 0.95, "spam": 0.0}, BY_DEFAULT, sanction=SanctionKind.ALWAYS_FLAG
    )

    assert decision.section is QueueSection.LIKELY_REJECTED
    assert [reason.rule for reason in decision.reasons] == ["always_flagged", "toxicity"]


@pytest.mark.parametrize("attribute", ATTRIBUTES)
@pytest.mark.parametrize("score", [0.9, 1.0])
def test_each_attribute_rejects_only_where_its_site_wants_that(
    attribute: str, score: float
) -> None:
    scores = {**dict.fromkeys(ATTRIBUTES, 0.0), attribute: score}
    site = SitePolicy().with_rejection(attribute, 0.9)

    assert decide(scores, BY_DEFAULT).status is not Status.REJECTED
    assert decide(scores, BY_DEFAULT.for_site(site)).status is Status.REJECTED
    assert site.with_rejection(attribute, None) == SitePolicy()


@pytest.mark.parametrize(
    ("attribute", "threshold", "sentence"),
    [
        ("rudeness", 0.9, "must be one of toxicity, "),
        ("spam", 0.0, "above 0 and at most 1"),
        ("spam", 1.1, "above 0 and at most 1"),
        ("spam", math.nan, "above 0 and at most 1"),
    ],
)
def test_what_is_no_threshold_is_refused(attribute: str, threshold: float, sentence: str) -> None:
    with pytest.raises(InvalidThreshold, match=sentence):
        SitePolicy().with_rejection(attribute, threshold)


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


@pytest.mark.parametrize("toxicity", [0.0, 0.3999, 0.4, 0.8999, 0.9, 1.0, math.nan])
@pytest.mark.parametrize("sanction", [None, *SanctionKind])
def test_premoderation_changes_only_what_would_be_published(
    toxicity: float, sanction: SanctionKind | None
) -> None:
    scores, site = {"toxicity": toxicity, "spam": 0.0}, SitePolicy({"toxicity": 0.9})
    usual = decide(scores, POLICY.for_site(site), sanction=sanction)

    waits = decide(scores, POLICY.for_site(replace(site, premoderated=True)), sanction=sanction)

    if usual.status is Status.APPROVED:
        assert (waits.status, waits.reasons) == (Status.FLAGGED, (Reason(PREMODERATED),))
    elif usual.status is Status.REJECTED:
        assert waits.status is Status.REJECTED
    else:
        assert (waits.status, waits.section) == (Status.FLAGGED, usual.section)
