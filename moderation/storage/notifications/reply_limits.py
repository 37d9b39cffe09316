"""How many mails about replies an address gets in a day, and what becomes of the others."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select

from moderation.notifications.reader_mails import DAY, REPLIES_A_DAY, MailKind, MailState
from moderation.storage.schema.subscriptions import reader_mails, subscriptions


def free_from(connection: Connection, row: Row[Any], now: datetime) -> datetime | None:
    """From when on the mail of a row may go, as to its address; None for now."""
    if row.kind != MailKind.REPLY:
        return None
    is_recent = and_(
        subscriptions.c.address_id == row.address_id,
        reader_mails.c.kind == MailKind.REPLY,
        reader_mails.c.sent_at > now - DAY,
    )
    query = (
        select(func.count(), func.min(reader_mails.c.sent_at))
        .select_from(reader_mails)
        .join(subscriptions, subscriptions.c.comment_id == reader_mails.c.comment_id)
        .where(is_recent)
    )
    number, first = connection.execute(query).one()
    return first + DAY if number >= REPLIES_A_DAY else None


def held_with(connection: Connection, row: Row[Any]) -> list[int]:
    """The other mails to the address that are held: that of the row stands for them."""
    query = (
        select(reader_mails.c.id)
        .join(subscriptions, subscriptions.c.comment_id == reader_mails.c.comment_id)
        .where(
            subscriptions.c.address_id == row.address_id,
            reader_mails.c.state == MailState.HELD,
            reader_mails.c.id != row.number,
        )
        .order_by(reader_mails.c.id)
    )
    return list(connection.execute(query).scalars())
