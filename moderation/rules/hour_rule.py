"""Quiet hours: everything waits, whatever is published otherwise."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from moderation.rules.circumstances import QUIET_HOURS, Circumstances, Ruling, Written, waits
from moderation.rules.site_rules import QuietHours


def quiet_hours(_comment: Written, circumstances: Circumstances) -> Iterator[Ruling]:
    """Let a comment wait that came in quiet hours."""
    hours, moment = circumstances.rules.quiet_hours, circumstances.submitted_at
    if hours is not None and moment is not None and is_quiet(hours, moment):
        yield waits(QUIET_HOURS)


def is_quiet(hours: QuietHours, moment: datetime) -> bool:
    """Whether a moment is within the hours, by the clocks of their zone."""
    local = moment.astimezone(ZoneInfo(hours.zone)).time().replace(second=0, microsecond=0)
    if hours.begin < hours.end:
        return hours.begin <= local < hours.end
    return local >= hours.begin or local < hours.end
