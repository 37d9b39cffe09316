"""Write decisions and all that follows from them, for the policy and for moderators alike."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Connection, bindparam, func, select, type_coerce

from moderation.comments import Actor, QueueSection, Status
from moderation.policy import Reason
from moderation.rules.circumstances import PUBLISHED_FIRST
from moderation.storage.database.bulk_insert import insert_rows
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.listed_numbers import is_listed
from moderation.storage.decisions.public_marks import clear_marks, mark_unseen
from moderation.storage.decisions.queue_rank import store_sort_keys
from moderation.storage.decisions.reasons import reason_as_json
from moderation.storage.decisions.thread_counts import count_in_threads
from moderation.storage.schema.column_types import EPOCH, UtcTime
from moderation.storage.schema.comments import DAY, comments
from moderation.storage.schema.decisions import decisions
from moderation.storage.schema.notifications import outbox, webhooks
from moderation.storage.schema.review import holds
from moderation.storage.schema.sites import daily_rollups, pages
from moderation.storage.schema.subscriptions import is_confirmed, subscriptions

# Built once and run for many rows at a time: a bulk changes hundreds with each transaction.
_ACTIVE_WEBHOOK = DriverStatement(select(webhooks.c.id).where(webhooks.c.active).limit(1))
_CONFIRMED_READER = DriverStatement(select(subscriptions.c.comment_id).where(is_confirmed).limit(1))
# The newest of a comment has the highest id: each is written under the lock on the comment's row.
# With a join to the comment's version PostgreSQL read through all decisions (measured).
_ENQUEUE = DriverStatement(
    outbox.insert().from_select(
        ["decision_id"],
        select(func.max(decisions.c.id))
        .where(is_listed(decisions.c.comment_id, "comment_ids"))
        .group_by(decisions.c.comment_id),
    )
)
_CHANGE_COUNT = DriverStatement(
    pages.update()
    .where(pages.c.id == bindparam("page"))
    .values(approved=pages.c.approved + bindparam("delta"), revision=pages.c.revision + 1)
)

_SUBMITTED_ON = DriverStatement(
    select((type_coerce(comments.c.submitted_at, BigInteger) // DAY).label("day"))
    .add_columns(comments.c.site_id)
    .distinct()
    .where(is_listed(comments.c.id, "comment_ids"))
)
# Also where it is marked already: the row's lock keeps the day uncounted until the commit.
_MARK_DAY = DriverStatement(
    daily_rollups.update()
    .where(daily_rollups.c.day == bindparam("on"), daily_rollups.c.site_id == bindparam("of"))
    .values(stale_since=func.coalesce(daily_rollups.c.stale_since, bindparam("now", type_=UtcTime)))
)


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A change of status that a comment has undergone; `version` is the comment's after it.

    `section` is where in the queue it waits, None where it waits again in the one it was in.
    """

    comment_id: int
    page_id: int
    version: int
    actor: Actor
    from_status: Status
    to_status: Status
    reasons: Sequence[Reason]
    decided_at: datetime
    moderator_id: int | None = None
    bulk_id: int | None = None
    section: QueueSection | None = None


def record_decisions(connection: Connection, records: Sequence[DecisionRecord]) -> None:
    """Write decisions, and what follows from them for webhooks, mails, the queue and the pages.

    Args:
        connection: the transaction that changed the status of the comments.
        records: all decisions of that transaction, so that each step is one statement.
    """
    if not records:
        return
    _insert_decisions(connection, records)
    enqueue(connection, [record.comment_id for record in records])
    flagged = [record for record in records if record.to_status is Status.FLAGGED]
    store_sort_keys(connection, {record.comment_id: record.section for record in flagged})
    _release_cards(connection, records)
    _mark_comments(connection, records)
    update_page_counts(connection, _count_deltas(records))
    count_in_threads(connection, {record.comment_id: _delta(record) for record in records})
    _mark_old_days(connection, records)


def keep_decisions(connection: Connection, records: Sequence[DecisionRecord]) -> None:
    """Write decisions of another time, of comments that come as they were left."""
    if records:
        _insert_decisions(connection, records)


def enqueue(connection: Connection, comment_ids: Sequence[int]) -> None:
    """Put the newest decision of each comment into the outbox, while anybody is to hear of any.

    In the transaction that decides: decisions get their ids before they are committed, so whoever
    asked for those newer than the last one would miss those that commit late.
    """
    hears = (_ACTIVE_WEBHOOK, _CONFIRMED_READER)
    if any(query.first(connection, {}) is not None for query in hears):
        _ENQUEUE.run(connection, [{"comment_ids": comment_ids}])


def update_page_counts(connection: Connection, deltas: Mapping[int, int]) -> None:
    """Change how many comments of each page are approved.

    Once in a transaction and in sorted order, so that two who change the same pages wait for each
    other, not deadlock.
    """
    rows = [{"page": page_id, "delta": delta} for page_id, delta in sorted(deltas.items())]
    if rows:
        _CHANGE_COUNT.run(connection, rows)


def _mark_old_days(connection: Connection, records: Sequence[DecisionRecord]) -> None:
    """Have the days counted again whose comments changed: moderation/storage/statistics/.

    What was submitted today is in no rollup yet.
    """
    now = records[0].decided_at
    ids = sorted(record.comment_id for record in records)
    rows = _SUBMITTED_ON.all(connection, {"comment_ids": ids})
    today = (now - EPOCH).days
    old = [{"on": row.day, "of": row.site_id, "now": now} for row in rows if row.day < today]
    if old:
        _MARK_DAY.run(connection, sorted(old, key=lambda day: (day["on"], day["of"])))


def _insert_decisions(connection: Connection, records: Sequence[DecisionRecord]) -> None:
    rows = [
        {
            "comment_id": record.comment_id,
            "version": record.version,
            "actor": record.actor,
            "moderator_id": record.moderator_id,
            "from_status": record.from_status,
            "to_status": record.to_status,
            "reasons": [reason_as_json(reason) for reason in record.reasons],
            "decided_at": record.decided_at,
            "bulk_id": record.bulk_id,
        }
        for record in records
    ]
    insert_rows(connection, decisions, rows)


def _release_cards(connection: Connection, records: Sequence[DecisionRecord]) -> None:
    # What is pending is in no queue, so nobody holds it.
    ids = [record.comment_id for record in records if record.from_status is not Status.PENDING]
    if ids:
        connection.execute(holds.delete().where(holds.c.comment_id.in_(ids)))


def _mark_comments(connection: Connection, records: Sequence[DecisionRecord]) -> None:
    clear_marks(connection, [record.comment_id for record in records if _delta(record) < 0])
    unseen = [record.comment_id for record in records if _is_published_first(record)]
    mark_unseen(connection, unseen, records[0].decided_at)


def _is_published_first(record: DecisionRecord) -> bool:
    is_public = record.to_status is Status.APPROVED
    return is_public and any(reason.rule == PUBLISHED_FIRST for reason in record.reasons)


def _count_deltas(records: Sequence[DecisionRecord]) -> Mapping[int, int]:
    """By page; also 0, where as many became public as ceased to be, and where one was erased."""
    deltas: Counter[int] = Counter()
    for record in records:
        delta = _delta(record)
        if delta or record.to_status is Status.ERASED:
            deltas[record.page_id] += delta
    return deltas


def _delta(record: DecisionRecord) -> int:
    """1 where the comment became public, -1 where it ceased to be."""
    return (record.to_status is Status.APPROVED) - (record.from_status is Status.APPROVED)
