"""Which pages take no comments any more."""

from datetime import datetime

from sqlalchemy import bindparam, func, literal_column, select, union_all

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
        own = None if own_rules is None else changes_in(own_rules).get("closing")
        closing = rules.closing if own is None else own
        asks = closing.closed is None and closing.after_days is not None
        first = self._first_comment(page_id) if asks and page_id is not None else None
        reason = closed_reason(closing, first, self._clock())
        return ClosedReason.SITE if reason is ClosedReason.BY_HAND and own is None else reason

    def check(self, rules: SiteRules, page_id: int | None, own_rules: str | None) -> None:
        """Raise PageClosed where `reason` has one."""
        if self.reason(rules, page_id, own_rules) is not None:
            raise PageClosed(CLOSED)

    def _first_comment(self, page_id: int) -> datetime | None:
        with self._database.read() as connection:
            row = _FIRST.first(connection, {"page_id": page_id})
        return None if row is None else row.submitted_at
