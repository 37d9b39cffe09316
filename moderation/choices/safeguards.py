"""What a site does against programs that send comments, and with what nobody wants to keep."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Self

MAX_REPORTS = 1_000
MAX_DAYS = 3_650


class Catch(StrEnum):
    """What a comment was caught by: it waits for a person, whatever its scores are."""

    HONEYPOT = "honeypot"
    TOO_FAST = "sent_too_fast"
    OLD_TOKEN = "old_time_token"  # noqa: S105 a rule's name
    USED_TOKEN = "used_time_token"  # noqa: S105
    FORGED_TOKEN = "forged_time_token"  # noqa: S105
    NO_TOKEN = "no_time_token"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Safeguards:
    """A site's own, none of which a person sees.

    Attributes:
        honeypot: Whether a comment waits whose hidden field is filled in.
        time_token: Whether a comment waits whose time token is wrong.
        token_required: Whether one without a time token waits too.
        page_limit: How often may be submitted to one page, as "30 per minute"; None: always.
        site_limit: How often to the whole site.
        hold_reports: From how many reports, by as many addresses, a published comment waits; None:
            it stays.
        purge_days: After how many days the text of a rejected comment is erased; None: never.
    """

    honeypot: bool = True
    time_token: bool = True
    token_required: bool = False
    page_limit: str | None = None
    site_limit: str | None = None
    hold_reports: int | None = None
    purge_days: int | None = None

    @classmethod
    def kept(cls, row: Mapping[str, Any]) -> Self:
        """Those of a row, which may be from before there was one of them."""
        return cls(**{field.name: row[field.name] for field in fields(cls) if field.name in row})


USUAL = Safeguards()
