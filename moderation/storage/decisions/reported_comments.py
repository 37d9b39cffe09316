"""Hold what enough readers reported, until a moderator has decided."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from moderation.comments import Actor, Status
from moderation.policy import REPORTED, Reason
from moderation.storage.decisions.records import DecisionRecord, record_decisions
from moderation.storage.schema.comments import comments
from moderation.storage.schema.review import is_open, reports


def hold_reported(
    connection: Connection, comment_id: int, enough: int | None, now: datetime
) -> None:
    """Put a published comment into the queue where as many addresses reported it.

    What the site's own people wrote stays.

    Args:
        connection: The transaction that stored a report.
        comment_id: The comment's internal id.
        enough: How many reports hold; None: no number does.
        now: When it is decided.
    """
    if enough is None or _open_reports(connection, comment_id) < enough:
        return
    statement = (
        comments.update()
        .where(
            comments.c.id == comment_id,
            comments.c.status == Status.APPROVED,
            comments.c.staff_id.is_(None),
        )
        .values(status=Status.FLAGGED, version=comments.c.version + 1, lease_token=None)
        .returning(comments.c.page_id, comments.c.version)
    )
    row = connection.execute(statement).first()
    if row is None:
        return
    record = DecisionRecord(
        comment_id=comment_id,
        page_id=row.page_id,
        version=row.version,
        actor=Actor.POLICY,
        from_status=Status.APPROVED,
        to_status=Status.FLAGGED,
        reasons=[Reason(REPORTED)],
        decided_at=now,
    )
    record_decisions(connection, [record])


def close_answered(connection: Connection, records: Sequence[DecisionRecord]) -> None:
    """Close the reports of comments that a moderator took from the queue: they are answered."""
    by_moderator: defaultdict[int | None, list[int]] = defaultdict(list)
    for record in records:
        if record.actor is Actor.MODERATOR and record.from_status is Status.FLAGGED:
            by_moderator[record.moderator_id].append(record.comment_id)
    for moderator_id, ids in by_moderator.items():
        answered = is_open & reports.c.comment_id.in_(ids)
        values = {"closed_at": records[0].decided_at, "closed_by": moderator_id}
        connection.execute(reports.update().where(answered).values(values))


def _open_reports(connection: Connection, comment_id: int) -> int:
    query = select(func.count()).where(reports.c.comment_id == comment_id, is_open)
    return connection.execute(query).scalar_one()
