"""What programs give with a request of the moderation API, checked."""

from moderation.comments import Status
from moderation.review.notes import RejectReason
from service.http.params import parse_limit
from service.problems.errors import InvalidQuery

MAX_LIMIT = 100
DEFAULT_LIMIT = 20


def limit_of_query() -> int:
    """How many an answer may have, from 1 to MAX_LIMIT; raises InvalidQuery."""
    return parse_limit(default=DEFAULT_LIMIT, most=MAX_LIMIT)


def reject_reason(value: object, status: Status) -> RejectReason | None:
    """Why the comment is rejected, `other` by default; None for any other decision.

    Raises:
        InvalidQuery: It is no reason, or one of something else than a rejection.
    """
    if status is not Status.REJECTED and value is None:
        return None
    if status is not Status.REJECTED or value not in (None, *RejectReason):
        sentence = f"reason must be one of {', '.join(RejectReason)}, and of a rejection only"
        raise InvalidQuery(sentence, field="reason")
    return RejectReason.OTHER if value is None else RejectReason(str(value))
