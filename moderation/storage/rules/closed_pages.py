"""Which pages take no comments any more."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal_column, select, union_all

from moderation.clock import Clock
from moderation.comments import Status
from moderation.rules.closing import CLOSED, ClosedReason, PageClosed, closed_reason
from moderation.rules.document import changes_in
from moderation.rules.site_rules import SiteRules
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import Database
from moderation.storage.schema.column_types import UtcTime
from moderation.storage.schema.comments import comments

# One look into the index for each status: a page may have very many comments.
_FIRSTS = union_all(
    *(
        select(func.min(comments.c.submitted_at).label("submitted_at")).where(
            comments.c.page_id == bindparam("page_id"),
            comments.c.status == literal_column(f"'{status}'"),
        )
        for status in Status
    )
).subquery()
_FIRST = DriverStatement(
    select(func.min(_FIRSTS.c.submitted_at, type_=UtcTime).label("submitted_at"))
)


class ClosedPages:
    """Tells whether pages are closed, by the rules in force."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def reason(
        self, rules: SiteRules, page_id: int | None, own_rules: str | None
    ) -> ClosedReason | None:
        """Why a page takes no comments; None: it takes them.

        Args:
            rules: Of its site.
            page_id: None where nobody commented on it yet.
            own_rules: The page's own, as they are stored; None where it has none.
        """
        return _reason(rules, own_rules, lambda: self._first_comment(page_id), self._clock())

    def check(self, rules: SiteRules, page_id: int | None, own_rules: str | None) -> None:
        """Raise PageClosed where `reason` has one."""
        if self.reason(rules, page_id, own_rules) is not None:
            raise PageClosed(CLOSED)

    def _first_comment(self, page_id: int | None) -> datetime | None:
        with self._database.read() as connection:
            return _first_comment(connection, page_id)


def is_closed(connection: Connection, rules: SiteRules, page: Any, now: datetime) -> bool:
    """Whether a page takes no comments, asked in the transaction that would store one.

    Args:
        connection: The transaction.
        rules: Of its site.
        page: A row with the page's `id` and own `rules`; None where nobody commented on it yet.
        now: This moment.
    """
    page_id, own_rules = (None, None) if page is None else (page.id, page.rules)
    first = partial(_first_comment, connection, page_id)
    return _reason(rules, own_rules, first, now) is not None


def _reason(
    rules: SiteRules,
    own_rules: str | None,
    first_comment: Callable[[], datetime | None],
    now: datetime,
) -> ClosedReason | None:
    """As `ClosedPages.reason`; the first comment is only looked for where a rule needs it."""
    own = None if own_rules is None else changes_in(own_rules).get("closing")
    closing = rules.closing if own is None else own
    asks = closing.closed is None and closing.after_days is not None
    reason = closed_reason(closing, first_comment() if asks else None, now)
    return ClosedReason.SITE if reason is ClosedReason.BY_HAND and own is None else reason


def _first_comment(connection: Connection, page_id: int | None) -> datetime | None:
    row = _FIRST.first(connection, {"page_id": page_id})
    return None if row is None else row.submitted_at
