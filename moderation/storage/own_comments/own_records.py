"""All that is stored of a comment, for its author: every field by its name, none by accident.

Who of the moderators decided, and what they and other readers wrote about the comment, is theirs:
of notes and reports the author gets the number.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, func, select

from moderation.comments import CommentNotFound
from moderation.policy import ATTRIBUTES
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments, earlier_texts, name_score, scores
from moderation.storage.schema.decisions import decisions
from moderation.storage.schema.labels import labels
from moderation.storage.schema.review import appeals, notes, reports
from moderation.storage.schema.subscriptions import mail_addresses, subscriptions

Record = dict[str, object]
_FIELDS: Mapping[Table, Sequence[str]] = {
    comments: ("version", "arrived_at", "address_hash"),
    scores: ("model", *ATTRIBUTES, *map(name_score, ATTRIBUTES)),
    decisions: ("version", "actor", "from_status", "to_status", "reasons", "decided_at"),
    earlier_texts: ("version", "name", "text", "replaced_at"),
    labels: ("attribute", "value", "source", "created_at"),
    appeals: ("text", "appealed_at", "decided_at", "status", "answer"),
    subscriptions: ("language", "asked_at", "confirmed_at"),
}


class OwnRecords:
    """The records of comments, for their authors."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, comment_id: str) -> Record:
        """The record of the comment with this public id; raises CommentNotFound."""
        with self._database.read() as connection:
            query = select(comments).where(comments.c.public_id == comment_id)
            row = connection.execute(query).first()
            if row is None:
                raise CommentNotFound(comment_id)
            return {
                **_record(comments, row),
                "scores": _rows(connection, scores, row.id),
                "decisions": _rows(connection, decisions, row.id),
                "earlier_texts": _rows(connection, earlier_texts, row.id),
                "labels": _rows(connection, labels, row.id),
                "appeals": _rows(connection, appeals, row.id),
                "mail": _mail(connection, row.id),
                "notes": _number(connection, notes, row.id),
                "reports": _number(connection, reports, row.id),
            }


def _rows(connection: Connection, table: Table, comment_id: int) -> list[Record]:
    query = select(table).where(table.c.comment_id == comment_id).order_by(*table.primary_key)
    return [_record(table, row) for row in connection.execute(query)]


def _mail(connection: Connection, comment_id: int) -> Record | None:
    """The e-mail address that its author left, and since when it is mailed."""
    query = (
        select(subscriptions, mail_addresses.c.address)
        .join(mail_addresses, mail_addresses.c.id == subscriptions.c.address_id)
        .where(subscriptions.c.comment_id == comment_id)
    )
    row = connection.execute(query).first()
    return None if row is None else _record(subscriptions, row) | {"address": row.address}


def _record(table: Table, row: Row[Any]) -> Record:
    values = {name: row._mapping[name] for name in _FIELDS[table]}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def _number(connection: Connection, table: Table, comment_id: int) -> int:
    query = select(func.count()).select_from(table).where(table.c.comment_id == comment_id)
    return int(connection.execute(query).scalar_one())
