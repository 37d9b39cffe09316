"""What is looked for, and how sure a decision about all of it is, in words."""

from moderation.comments import Status
from moderation.review.error_estimate import ENOUGH, ErrorRate, PastDecisions
from moderation.review.search_filter import Filter
from service.moderators.display.labels import attribute_name

_BY = {"policy": "the policy", "moderator": "a moderator"}


def filter_in_words(wanted: Filter) -> str:
    """As one phrase: flagged comments, toxicity 0.40 to 0.60, on site demo."""
    status = f"{wanted.status} comments" if wanted.status else "comments of any status"
    return ", ".join([status, *_content(wanted), *_place(wanted), *_time(wanted)])


def error_in_words(past: PastDecisions, status: Status) -> str:
    """How often it would be wrong to approve or reject all that has such scores."""
    if not past.enough:
        return (
            f"Too few decisions to know how often this would be wrong: moderators decided"
            f" {past.number:,} comments with such scores one by one, {ENOUGH} are needed."
        )
    approving = status is Status.APPROVED
    rate = past.error_of_approving if approving else past.error_of_rejecting
    did, number = ("rejected", past.rejected) if approving else ("approved", past.approved)
    return (
        f"Expect {_percent(rate)} of these decisions to be wrong: moderators {did}"
        f" {number:,} of {past.number:,} comments with such scores."
    )


def _percent(rate: ErrorRate) -> str:
    low, high = 100 * rate.interval.low, 100 * rate.interval.high
    return f"{100 * rate.observed:.1f} % ({low:.1f} to {high:.1f})"


def _content(wanted: Filter) -> list[str]:
    said = []
    if wanted.text:
        said.append(f"with the words “{wanted.text}”")
    if wanted.name:
        said.append(f"by a name with “{wanted.name}”")
    if wanted.attribute:
        name = attribute_name(wanted.attribute)
        said.append(f"{name} {wanted.low:.2f} to {wanted.high:.2f}")
    return said


def _place(wanted: Filter) -> list[str]:
    said = []
    if wanted.page:
        said.append(f"on page {wanted.page}")
    if wanted.site:
        said.append(f"on site {wanted.site}")
    if wanted.by:
        said.append(f"decided by {wanted.moderator or _BY.get(wanted.by, wanted.by)}")
    return said


def _time(wanted: Filter) -> list[str]:
    said = []
    if wanted.newer is not None:
        said.append(f"of the last {_days(wanted.newer)}")
    if wanted.older is not None:
        said.append(f"older than {_days(wanted.older)}")
    return said


def _days(number: int) -> str:
    return "day" if number == 1 else f"{number:,} days"
