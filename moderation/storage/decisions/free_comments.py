"""Pending comments that no worker holds: the statements of a claim, built once.

A worker with nothing to do asks often, and building the question took longer than asking it
(measured).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, select

from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.limited_times import is_outside, latest_end
from moderation.storage.database.listed_numbers import is_listed
from moderation.storage.decisions.backlog import LEASE
from moderation.storage.schema.column_types import EPOCH, UtcTime
from moderation.storage.schema.comments import comments, is_pending

_IS_FREE = and_(
    is_pending,
    is_outside(
        comments.c.lease_until,
        bindparam("free_now", type_=UtcTime),
        bindparam("free_latest", type_=UtcTime),
    ),
)


def free_at(now: datetime) -> Mapping[str, datetime]:
    """The moments that the statements ask about."""
    return {"free_now": now, "free_latest": latest_end(now, LEASE)}


@dataclass(frozen=True, slots=True)
class FreeComments:
    """Whether there is any of a kind, and the claim of some: `most`, `until` and `token`."""

    any: DriverStatement
    claim: DriverStatement


def _free(kind: ColumnElement[bool]) -> FreeComments:
    free = _IS_FREE & kind
    oldest = (
        select(comments.c.id)
        .where(free)
        .order_by(comments.c.attempts, comments.c.id)
        .limit(bindparam("most"))
        # PostgreSQL only: without it workers deadlock (measured). SQLite has one writer anyway.
        .with_for_update(skip_locked=True)
        # As a plain subquery PostgreSQL may run it once a row, and so claim more than the limit.
        .cte("oldest")
    )
    claim = (
        comments.update()
        .where(comments.c.id.in_(select(oldest.c.id)), free)
        .values(
            attempts=comments.c.attempts + 1,
            lease_until=bindparam("until"),
            lease_token=bindparam("token"),
        )
        .returning(
            comments.c.id,
            comments.c.site_id,
            comments.c.name,
            comments.c.text,
            comments.c.attempts,
            comments.c.caught_by,
        )
    )
    any_free = select(comments.c.id).where(free).limit(1)
    return FreeComments(DriverStatement(any_free), DriverStatement(claim))


NEVER_TRIED, TRIED = map(_free, (comments.c.attempts == 0, comments.c.attempts > 0))
# As if they had never been claimed.
RELEASE = DriverStatement(
    comments.update()
    .where(is_listed(comments.c.id, "comment_ids"))
    .values(attempts=comments.c.attempts - 1, lease_until=EPOCH, lease_token=None)
)
