"""A sanction: what moderators decided about all an author sends to a site, for a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from characters.hidden import is_visible_line
from characters.length import length_up_to

MAX_REASON = 300


class SanctionKind(StrEnum):
    """What becomes of the author's comments; the stricter comes first."""

    BAN = "ban"  # rejected
    ALWAYS_FLAG = "always_flag"  # flagged where the policy would approve


DURATIONS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}


class InvalidSanction(ValueError):
    """A sanction that cannot be; the sentence says what would be."""


class SanctionNotFound(LookupError):
    """No such sanction is in force."""


@dataclass(frozen=True, slots=True)
class Sanction:
    """A ban or an always-flag. `id` is only storage's number; `lifted_by` is None in force."""

    id: int
    kind: SanctionKind
    until: datetime
    by: str
    reason: str
    since: datetime
    lifted_by: str | None = None


def sanction_reason(value: str) -> str:
    """The reason without spaces around it, or InvalidSanction."""
    reason = " ".join(value.split())
    if not 1 <= length_up_to(reason, MAX_REASON) <= MAX_REASON or not is_visible_line(reason):
        sentence = f"say why in 1 to {MAX_REASON} visible characters"
        raise InvalidSanction(sentence)
    return reason
