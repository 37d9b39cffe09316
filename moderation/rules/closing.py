"""When the comments of a page are closed: by hand, or so many days after the first one."""

from datetime import datetime, timedelta
from enum import StrEnum

from moderation.rules.site_rules import Closing

CLOSED = "the comments of this page are closed: it takes no new ones"


class PageClosed(PermissionError):
    """The page takes no comments any more."""


class ClosedReason(StrEnum):
    """Why a page takes no comments."""

    BY_HAND = "by_hand"
    AFTER_DAYS = "after_days"
    SITE = "site"  # no page of the site does, but those that were opened by hand


def closed_reason(
    closing: Closing, first_comment: datetime | None, now: datetime
) -> ClosedReason | None:
    """Why a page takes no comments; None: it takes them.

    Args:
        closing: The rule for the page.
        first_comment: When the page's first comment came; None: there is none.
        now: This moment.
    """
    if closing.closed is not None:
        return ClosedReason.BY_HAND if closing.closed else None
    if closing.after_days is None or first_comment is None:
        return None
    is_over = now >= first_comment + timedelta(days=closing.after_days)
    return ClosedReason.AFTER_DAYS if is_over else None
