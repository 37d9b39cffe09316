"""What the queue says in words: why a comment waits, and since when."""

from datetime import timedelta

from moderation.comments import Actor, QueueSection, Status
from moderation.notifications.wording import in_largest_unit
from moderation.review.erase_reasons import EraseReason
from moderation.review.notes import RejectReason
from moderation.review.reason_sentences import rule_in_words
from moderation.sanctions import SanctionKind
from moderation.sites import KeyScope
from moderation.statistics import Ratio
from moderation.storage.review.card_context import COUNTED
from moderation.storage.review.queue_orders import QueueOrder

_BROWSERS = ("Firefox", "Edg", "OPR", "Chrome", "Safari")  # the first found: each names the later
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")
_KINDS = (_BROWSERS, _SYSTEMS)
# What is said after something was done, by what the page's address says was.
NOTICES = {
    "approved": "Approved: readers see it now.",
    "rejected": "Rejected: readers will not see it.",
    "flagged": "Back in the queue.",
    "erased": "Erased: name and text are gone.",
    "pinned": "Pinned: it stands first on its page.",
    "unpinned": "Unpinned: it stands in its own place again.",
    "noted": "Note saved: everyone who sees the comment here sees it.",
    "skipped": "Skipped: it waits for others, and comes back to you in an hour.",
    "sanctioned": "Saved: it applies to all comments from this address on this site.",
    "lifted": "Lifted.",
    "answered": "Published: readers see it now, marked as the site's own.",
    "password": "Your password is set.",
}
KEY_SCOPES = {
    KeyScope.SUBMIT: "submits comments, and asks for scores",
    KeyScope.TRUSTED: "submits comments, and says when they were written",
    KeyScope.READ: "reads all comments, whatever their status",
    KeyScope.SCORE: "only asks for scores",
    KeyScope.MODERATE: "reads all comments and decides",
}
REJECT_REASONS = {
    RejectReason.SPAM: "Spam",
    RejectReason.ABUSE: "Abuse",
    RejectReason.HATE: "Hate",
    RejectReason.THREAT: "Threat",
    RejectReason.OFF_TOPIC: "Off topic",
    RejectReason.ILLEGAL: "Illegal",
    RejectReason.OTHER: "Other",
}
ERASE_REASONS = {
    EraseReason.REQUESTED: "Its author asked for it",
    EraseReason.PERSONAL: "Somebody's personal details",
    EraseReason.UNLAWFUL: "Unlawful",
    EraseReason.OTHER: "Other",
}
ORDERS = {
    QueueOrder.OLDEST: "Oldest first",
    QueueOrder.SCORE: "Highest score",
    QueueOrder.UNCERTAINTY: "Least certain",
    QueueOrder.PAGE: "Page by page",
}
KINDS = {SanctionKind.BAN: "Reject everything", SanctionKind.ALWAYS_FLAG: "Let everything wait"}
SECTIONS = {
    QueueSection.IN_DOUBT: "In doubt",
    QueueSection.LIKELY_REJECTED: "Likely to be rejected",
}
_STATUSES = {Status.FLAGGED: "waiting", Status.PENDING: "being scored"}


def attribute_name(attribute: str) -> str:
    """As people write it: identity attack."""
    return attribute.replace("_", " ")


def status_name(status: Status) -> str:
    """As people say it: waiting."""
    return _STATUSES.get(status, status)


def cause_in_words(actor: str, rule: str) -> str:
    """Who rejected and why: a moderator's reason, or the policy's attribute or rule."""
    if actor == Actor.MODERATOR:
        words = {str(reason): words for reason, words in REJECT_REASONS.items()}
        return f"moderators: {words.get(rule, rule_in_words(rule)).lower()}"
    return f"the policy: {rule_in_words(rule)}"


def age(waited: timedelta) -> str:
    """In the largest whole unit: 3 hours ago."""
    return "just now" if waited < timedelta(minutes=1) else f"{in_largest_unit(waited)} ago"


def browser_name(agent: str | None) -> str:
    """What people call a browser: Firefox on Linux; or what it says of itself."""
    names_found = [next((name for name in names if name in (agent or "")), "") for names in _KINDS]
    return " on ".join(names_found) if all(names_found) else agent or "a browser without a name"


def duration(time: timedelta | None) -> str:
    """In the unit that suits it: 45 s, 12 min, 3.5 h; a dash for none."""
    if time is None:
        return "–"
    seconds = time.total_seconds()
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def percent(ratio: Ratio) -> str:
    """A ratio with its part and whole: 4% (3 of 75)."""
    if ratio.value is None:
        return "none yet"
    return f"{ratio.value:.0%} ({ratio.part:,} of {ratio.whole:,})"


def time_left(left: timedelta) -> str:
    """How long something lasts yet, in the largest whole unit: 3 hours."""
    return in_largest_unit(left)


def many(number: int) -> str:
    """A number, or that there are more than were counted."""
    return str(number) if number < COUNTED else f"{COUNTED} or more"
