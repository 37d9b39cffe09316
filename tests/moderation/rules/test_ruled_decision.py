"""Each rule by itself, and all of them together: what a comment becomes, and by which name."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from moderation.comments import Status
from moderation.policy import ALWAYS_FLAGGED, Decision, Part, Reason
from moderation.rules.circumstances import Circumstances
from moderation.rules.document import changes_of
from moderation.rules.ruled_decision import with_rules
from moderation.rules.site_rules import NO_RULES

APPROVED = Decision(Status.APPROVED)


@dataclass(frozen=True)
class Comment:
    """What an author wrote."""

    text: str
    name: str = "Ada"


def ruled(
    document: dict[str, Any], comment: Comment, decision: Decision = APPROVED, **around: Any
) -> tuple[Status, list[str]]:
    """The status that a decision becomes, and its reasons by name."""
    rules = NO_RULES.changed(changes_of(document))
    after = with_rules(decision, comment, Circumstances(rules, **around))
    return after.status, [reason.rule for reason in after.reasons]


@pytest.mark.parametrize(
    ("words", "text", "is_found"),
    [
        (["idiot*"], "What IDIOTS you are", True),
        (["*viagra*"], "buy cheapviagra24 now", True),
        (["*bot"], "a robot", True),
        (["*bot"], "a robots", False),
        (["bot"], "a robot", False),
        (["*shop now"], "at myshop  now!", True),
        (["*shop now"], "at myshop later", False),
        (["halt die fresse"], "Halt, die FRESSE!", True),
        (["傻*"], "你是傻逼吗", True),
        (["idiot"], "an id\u200biot", True),
        ([], "an idiot", False),
    ],
)
def test_a_banned_word_rejects_or_holds_what_has_it(
    words: list[str], text: str, is_found: bool
) -> None:
    both = [("reject", Status.REJECTED), ("wait", Status.FLAGGED)]
    for action, status in both:
        outcome = ruled({"banned_words": {"words": words, "action": action}}, Comment(text))
        assert outcome == ((status, ["banned_word"]) if is_found else (Status.APPROVED, []))


def test_a_banned_word_in_the_name_is_a_reason_about_the_name() -> None:
    rules = NO_RULES.changed(changes_of({"banned_words": {"words": ["casino"]}}))

    decision = with_rules(APPROVED, Comment("Hello", "Casino Royal"), Circumstances(rules))

    assert decision == Decision(Status.REJECTED, (Reason("banned_word", part=Part.NAME),))


@pytest.mark.parametrize(
    ("links", "text", "outcome"),
    [
        ({"most": 1}, "https://a.example and https://a.example/b", "too_many_links"),
        ({"most": 1}, "https://a.example", None),
        ({"most": 0}, "see www.a.example.", "too_many_links"),
        ({"most": 0}, "no link: e.g. a.m. 3.5", None),
        ({"most": 0, "allowed": ["a.example"]}, "https://b.a.example https://A.example/x", None),
        ({"most": 0, "allowed": ["a.example"]}, "https://nota.example", "too_many_links"),
        ({"banned": ["spam.example"]}, "go to shop.SPAM.example today", "banned_link"),
        ({"banned": ["spam.example"]}, "go to spam\u200b.example", "banned_link"),
        ({"banned": ["spam.example"]}, "https://nospam.example", None),
        ({"banned": ["bücher.example"]}, "http://xn--bcher-kva.example/", "banned_link"),
        ({"most": 0}, "https://exa mple http:// https://%", "too_many_links"),
    ],
)
def test_links_are_counted_and_domains_known(
    links: dict[str, Any], text: str, outcome: str | None
) -> None:
    assert ruled({"links": links}, Comment(text))[1] == ([outcome] if outcome else [])


def test_more_links_than_a_site_takes_are_rejected_where_it_says_so() -> None:
    never = {"links": {"most": 0, "action": "reject"}}

    assert ruled(never, Comment("https://a.example")) == (Status.REJECTED, ["too_many_links"])


@pytest.mark.parametrize(("approved", "waits"), [(0, True), (1, True), (2, False), (None, False)])
def test_first_comments_wait_until_enough_are_approved(approved: int | None, waits: bool) -> None:
    _, reasons = ruled({"first_comments": 2}, Comment("Hello"), approved=approved)

    assert reasons == (["first_comment"] if waits else [])


@pytest.mark.parametrize(("alike", "waits"), [(0, False), (1, False), (2, True), (9, True)])
def test_the_third_alike_comment_waits(alike: int, waits: bool) -> None:
    assert ruled({"repeats": 3}, Comment("Hello"), alike=alike)[1] == ["repeated"] * waits


@pytest.mark.parametrize(
    ("begin", "end", "moment", "is_quiet"),
    [
        ("22:00", "07:00", (2026, 7, 1, 20, 0), True),  # in Berlin two hours later
        ("22:00", "07:00", (2026, 7, 1, 19, 59), False),
        ("22:00", "07:00", (2026, 7, 2, 4, 59), True),
        ("22:00", "07:00", (2026, 7, 2, 5, 0), False),
        ("22:00", "07:00", (2026, 1, 1, 20, 30), False),  # and one hour in winter
        ("12:00", "13:00", (2026, 1, 1, 11, 0), True),
        ("12:00", "13:00", (2026, 1, 1, 12, 0), False),
        ("23:59", "00:00", (2026, 1, 1, 22, 59), True),
        ("23:59", "00:00", (2026, 1, 1, 23, 0), False),
    ],
)
def test_everything_waits_in_quiet_hours(
    begin: str, end: str, moment: tuple[int, ...], is_quiet: bool
) -> None:
    document = {"quiet_hours": {"zone": "Europe/Berlin", "begin": begin, "end": end}}
    submitted_at = datetime(*moment, tzinfo=UTC)  # type: ignore[misc,arg-type]

    _, reasons = ruled(document, Comment("Hello"), submitted_at=submitted_at)

    assert reasons == ["quiet_hours"] * is_quiet


def test_what_nobody_submits_comes_at_no_hour() -> None:
    hours = {"zone": "UTC", "begin": "00:00", "end": "23:59"}

    assert ruled({"quiet_hours": hours}, Comment("Hello"))[0] is Status.APPROVED


def test_a_rejecting_rule_stands_first_among_the_reasons() -> None:
    document = {"first_comments": 1, "banned_words": {"words": ["idiot"]}}
    waiting = Decision(Status.FLAGGED, (Reason("toxicity", 0.8, 0.5),))

    assert ruled(document, Comment("idiot"), waiting, approved=0) == (
        Status.REJECTED,
        ["banned_word", "toxicity", "first_comment"],
    )


@pytest.mark.parametrize("status", [Status.FLAGGED, Status.REJECTED])
def test_no_rule_makes_a_decision_milder(status: Status) -> None:
    decision = Decision(status, (Reason("toxicity", 0.9, 0.5),))

    assert ruled({"first_comments": 1}, Comment("Hi"), decision, approved=0)[0] is status


def test_where_nothing_is_published_what_passes_waits() -> None:
    assert ruled({"publish": "nothing"}, Comment("Hi")) == (Status.FLAGGED, ["premoderated"])


def test_where_everything_is_published_what_would_wait_is_looked_at_later() -> None:
    waiting = Decision(Status.FLAGGED, (Reason("toxicity", 0.8, 0.5),))

    outcome = ruled({"publish": "everything"}, Comment("Hi"), waiting)

    assert outcome == (Status.APPROVED, ["published_first", "toxicity"])


def test_even_so_sanctions_quiet_hours_and_rejections_hold() -> None:
    everything = {"publish": "everything"}
    sanctioned = Decision(Status.FLAGGED, (Reason(ALWAYS_FLAGGED),))
    rejected = Decision(Status.REJECTED, (Reason("toxicity", 0.99, 0.95),))
    hours = {"quiet_hours": {"zone": "UTC", "begin": "00:00", "end": "12:00"}}
    night = datetime(2026, 1, 1, 3, tzinfo=UTC)

    assert ruled(everything, Comment("Hi"), sanctioned)[0] is Status.FLAGGED
    assert ruled(everything, Comment("Hi"), rejected)[0] is Status.REJECTED
    assert ruled(everything | hours, Comment("Hi"), submitted_at=night)[0] is Status.FLAGGED
