"""Have the numbers of finished days counted again to which comments came later."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, func, select

from moderation.storage.database.engine import insert_for
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.sites import daily_rollups

_COUNTS = ("submitted", "approved", "rejected", "waiting", "by_moderator", "by_policy")


def mark_old_days(
    connection: Connection, site_id: int, moments: Iterable[datetime], now: datetime
) -> None:
    """Mark the days of these moments as changed; those after the last kept one are counted yet."""
    last = connection.execute(select(func.max(daily_rollups.c.day))).scalar()
    days = sorted({(moment - EPOCH).days for moment in moments})
    old = [day for day in days if last is not None and day <= last]
    if not old:
        return
    nothing = dict.fromkeys((*_COUNTS, "overturned"), 0)
    insert = insert_for(connection)(daily_rollups)
    statement = insert.on_conflict_do_update(
        index_elements=["day", "site_id"], set_={"stale_since": now}
    )
    rows = [
        {"day": day, "site_id": site_id, **nothing, "reasons": [], "stale_since": now}
        for day in old
    ]
    connection.execute(statement, rows)
