"""Mails that decisions give rise to: to authors about their comments, and about replies to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, select

from moderation.comments import SETTLED, Actor, Status
from moderation.notifications.reader_mails import MailKind, MailState, is_worth_a_mail
from moderation.storage.database.engine import insert_for
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.comments import comments
from moderation.storage.schema.decisions import decisions
from moderation.storage.schema.sites import sites
from moderation.storage.schema.subscriptions import (
    is_confirmed,
    mail_addresses,
    reader_mails,
    subscriptions,
)

_answered = comments.alias("answered")
_own = subscriptions.alias("own_subscriptions")  # of who wrote the reply
_gets_mails = and_(is_confirmed, mail_addresses.c.stopped_at.is_(None))
_to_author: Select[Any] = (
    select(
        decisions.c.actor,
        decisions.c.to_status,
        decisions.c.decided_at,
        comments.c.id,
        comments.c.submitted_at,
    )
    .select_from(decisions.join(comments, comments.c.id == decisions.c.comment_id))
    .join(subscriptions, subscriptions.c.comment_id == comments.c.id)
    .join(mail_addresses, mail_addresses.c.id == subscriptions.c.address_id)
    .join(sites, sites.c.id == comments.c.site_id)
    .where(sites.c.reader_mail, _gets_mails, decisions.c.to_status.in_(SETTLED))
    .order_by(decisions.c.id)
)
_to_answered: Select[Any] = (
    select(comments.c.id, _answered.c.id.label("answered_id"))
    .select_from(decisions.join(comments, comments.c.id == decisions.c.comment_id))
    .join(_answered, _answered.c.id == comments.c.parent_id)
    .join(subscriptions, subscriptions.c.comment_id == _answered.c.id)
    .join(mail_addresses, mail_addresses.c.id == subscriptions.c.address_id)
    .join(sites, sites.c.id == comments.c.site_id)
    .outerjoin(
        _own,
        (_own.c.comment_id == comments.c.id) & (_own.c.address_id == subscriptions.c.address_id),
    )
    .where(
        sites.c.reader_mail,
        _gets_mails,
        decisions.c.to_status == Status.APPROVED,
        _own.c.comment_id.is_(None),
        # One's own reply, sent without the address: the same name from the same network.
        ~and_(
            comments.c.address_hash.is_not(None),
            _answered.c.address_hash.is_not(None),
            comments.c.address_hash == _answered.c.address_hash,
            comments.c.name == _answered.c.name,
        ),
    )
    .order_by(decisions.c.id)
)


def queue_mails(connection: Connection, decision_ids: Sequence[int], now: datetime) -> None:
    """Queue the mails that follow from decisions, in the transaction that takes their outbox rows.

    A reply is told once, whatever becomes of it later.
    """
    if not decision_ids:
        return
    chosen = decisions.c.id.in_(decision_ids)
    for row in connection.execute(_to_author.where(chosen)).all():
        _queue_decision(connection, row, now)
    replies = [
        new_mail_row(row.answered_id, row.id, MailKind.REPLY, now)
        for row in connection.execute(_to_answered.where(chosen)).all()
    ]
    if replies:
        insert = insert_for(connection)(reader_mails).values(replies).on_conflict_do_nothing()
        connection.execute(insert)


def new_mail_row(comment_id: int, about_id: int, kind: MailKind, now: datetime) -> dict[str, Any]:
    """The columns of a mail that waits to be sent."""
    row: dict[str, Any] = {"comment_id": comment_id, "about_id": about_id, "kind": kind}
    return row | _waiting(now)


def _waiting(now: datetime) -> dict[str, Any]:
    return {
        "state": MailState.WAITING,
        "attempts": 0,
        "next_attempt_at": now,
        "lease_until": EPOCH,
        "lease_token": None,
        "sent_at": None,
    }


def _queue_decision(connection: Connection, row: Row[Any], now: datetime) -> None:
    status, times = (
        Status(row.to_status),
        {"submitted_at": row.submitted_at, "decided_at": row.decided_at},
    )
    if not is_worth_a_mail(Actor(row.actor), status, **times):
        own = subscriptions.c.comment_id == row.id
        connection.execute(subscriptions.update().where(own).values(told_status=status))
        return
    connection.execute(
        insert_for(connection)(reader_mails)
        .values(new_mail_row(row.id, row.id, MailKind.DECIDED, now))
        # What is sent says what the comment is then: one mail for each that waits.
        .on_conflict_do_update(
            index_elements=["comment_id", "about_id", "kind"], set_=_waiting(now)
        )
    )
