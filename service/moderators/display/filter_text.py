"""What is looked for, and how sure a decision about all of it is, in words."""

from moderation.comments import QueueSection, Status
from moderation.notifications.wording import counted
from moderation.review.error_estimate import ENOUGH, ErrorRate, PastDecisions
from moderation.review.reason_sentences import in_percent
from moderation.review.search_filter import Filter
from service.moderators.display.labels import attribute_name, status_name

_SECTIONS = {
    QueueSection.IN_DOUBT: "in doubt",
    QueueSection.LIKELY_REJECTED: "likely to be rejected",
}
_BY = {
    "policy": "the policy",
    "moderator": "a moderator",
    "author": "its author",
    "operator": "an operator",
}


def filter_in_words(search_filter: Filter | None) -> str:
    """As one phrase: waiting comments, toxicity 40 % to 60 %, on site demo.

    None stands for comments that were chosen one by one.
    """
    if search_filter is None:
        return "comments chosen one by one"
    return ", ".join(
        [
            _state(search_filter),
            *_content(search_filter),
            *_place(search_filter),
            *_time(search_filter),
        ]
    )


def error_in_words(past: PastDecisions, status: Status) -> str:
    """How often it would be wrong to approve or reject all that has such scores."""
    if not past.enough:
        return (
            f"Too few decisions to know how often this would be wrong: moderators decided"
            f" {counted(past.number, 'comment')} with such scores one by one, {ENOUGH} are needed."
        )
    approving = status is Status.APPROVED
    rate = past.error_of_approving if approving else past.error_of_rejecting
    did, number = ("rejected", past.rejected) if approving else ("approved", past.approved)
    return (
        f"Expect {_percent(rate)} of these decisions to be wrong: moderators {did}"
        f" {number:,} of {counted(past.number, 'comment')} with such scores."
    )


def _percent(rate: ErrorRate) -> str:
    low, high = 100 * rate.interval.low, 100 * rate.interval.high
    return f"{100 * rate.observed:.1f} % ({low:.1f} to {high:.1f})"


def _state(search_filter: Filter) -> str:
    if search_filter.section is not None:
        return f"waiting comments that are {_SECTIONS[search_filter.section]}"
    if search_filter.status is None:
        return "comments of any status"
    status_words = status_name(search_filter.status)
    return f"comments {status_words}" if " " in status_words else f"{status_words} comments"


def _content(search_filter: Filter) -> list[str]:
    parts = []
    if search_filter.text:
        parts.append(f"with the words “{search_filter.text}”")
    if search_filter.name:
        parts.append(f"by a name with “{search_filter.name}”")
    if search_filter.alike:
        parts.append("with nearly the same text")
    if search_filter.attribute:
        name = attribute_name(search_filter.attribute)
        low, high = in_percent(search_filter.low), in_percent(search_filter.high)
        parts.append(f"{name} {low} to {high}")
    return parts


def _place(search_filter: Filter) -> list[str]:
    parts = []
    if search_filter.page:
        parts.append(f"on page {search_filter.page}")
    if search_filter.site:
        parts.append(f"on site {search_filter.site}")
    if search_filter.by:
        parts.append(
            f"decided by {search_filter.moderator or _BY.get(search_filter.by, search_filter.by)}"
        )
    return parts


def _time(search_filter: Filter) -> list[str]:
    parts = []
    if search_filter.newer is not None:
        parts.append(f"of the last {_days(search_filter.newer)}")
    if search_filter.older is not None:
        parts.append(f"older than {_days(search_filter.older)}")
    return parts


def _days(number: int) -> str:
    return "day" if number == 1 else counted(number, "day")
