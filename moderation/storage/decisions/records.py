"""Write decisions and all that follows from them, for the policy and for moderators alike."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam

from moderation.comments import Status, Who
from moderation.policy import Reason
from moderation.storage.decisions.queue_rank import store_sort_keys
from moderation.storage.schema.decisions import decisions
from moderation.storage.schema.review import holds
from moderation.storage.schema.sites import pages

# Built once and run for many rows at a time: a bulk changes hundreds with each transaction.
_CHANGE_COUNT = (
    pages.update()
    .where(pages.c.id == bindparam("page"))
    .values(approved=pages.c.approved + bindparam("delta"), revision=pages.c.revision + 1)
)


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A change of status that a comment has undergone; `version` is the comment's after it."""

    comment_id: int
    page_id: int
    version: int
    who: Who
    from_status: Status
    to_status: Status
    reasons: Sequence[Reason]
    decided_at: datetime
    moderator_id: int | None = None
    bulk_id: int | None = None


def record_decisions(connection: Connection, records: Sequence[DecisionRecord]) -> None:
    """Write the rows of decisions, and what follows from them for the queue and the pages.

    Args:
        connection: the transaction that changed the status of the comments.
        records: all decisions of that transaction, so that each step is one statement.
    """
    if not records:
        return
    _insert_decisions(connection, records)
    store_sort_keys(connection, [each.comment_id for each in records if _enters_queue(each)])
    _release_cards(connection, [each.comment_id for each in records if _can_be_held(each)])
    update_page_counts(connection, _count_deltas(records))


def update_page_counts(connection: Connection, deltas: Mapping[int, int]) -> None:
    """Change how many comments of each page are approved.

    Once in a transaction and in sorted order, so that two who change the same pages wait for each
    other, not deadlock.
    """
    rows = [{"page": page_id, "delta": delta} for page_id, delta in sorted(deltas.items())]
    if rows:
        connection.execute(_CHANGE_COUNT, rows)


def _insert_decisions(connection: Connection, records: Sequence[DecisionRecord]) -> None:
    rows = [
        {
            "comment_id": record.comment_id,
            "version": record.version,
            "who": record.who,
            "moderator_id": record.moderator_id,
            "from_status": record.from_status,
            "to_status": record.to_status,
            "reasons": [_as_json(reason) for reason in record.reasons],
            "decided_at": record.decided_at,
            "bulk_id": record.bulk_id,
        }
        for record in records
    ]
    connection.execute(decisions.insert(), rows)


def _as_json(reason: Reason) -> dict[str, object]:
    return {"rule": reason.rule, "score": reason.score, "threshold": reason.threshold}


def _enters_queue(record: DecisionRecord) -> bool:
    return record.to_status is Status.FLAGGED


def _can_be_held(record: DecisionRecord) -> bool:
    """Moderators hold cards of the queue, and what is pending was never in it."""
    return record.from_status is not Status.PENDING


def _release_cards(connection: Connection, comment_ids: Sequence[int]) -> None:
    if comment_ids:
        connection.execute(holds.delete().where(holds.c.comment_id.in_(comment_ids)))


def _count_deltas(records: Sequence[DecisionRecord]) -> Mapping[int, int]:
    """By page; also 0, where as many comments became public as ceased to be."""
    deltas: Counter[int] = Counter()
    for record in records:
        is_public, was_public = (
            status is Status.APPROVED for status in (record.to_status, record.from_status)
        )
        if is_public != was_public:
            deltas[record.page_id] += 1 if is_public else -1
    return deltas
