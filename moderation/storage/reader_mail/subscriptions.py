"""Subscriptions: an address that a reader left with a comment, confirmed, and stopped."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Select, select

from moderation.clock import Clock
from moderation.comments import Status
from moderation.notifications.reader_mails import (
    CONFIRM_WITHIN,
    MailKind,
    MailLink,
    MailWish,
    SubscriptionNotFound,
    SubscriptionState,
)
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import Database, insert_for
from moderation.storage.reader_mail.forgotten_addresses import end_subscriptions
from moderation.storage.reader_mail.new_mails import new_mail_row
from moderation.storage.reader_mail.open_addresses import open_address
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.comments import comments
from moderation.storage.schema.subscriptions import (
    is_confirmed,
    mail_addresses,
    reader_mails,
    subscriptions,
)

_ASK_AGAIN = timedelta(hours=1)
_IS_ASKED = subscriptions.c.confirmed_at.is_(None) & (subscriptions.c.asked_at > EPOCH)
_CONFIRMED, _ASKED = (
    DriverStatement(select(subscriptions.c.comment_id).where(one).limit(1))
    for one in (is_confirmed, _IS_ASKED)
)


class Subscriptions:
    """Which addresses get mails about which comments."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read and write in this database; the clock says what is too old."""
        self._database = database
        self._clock = clock

    def add(self, comment_id: str, wish: MailWish) -> SubscriptionState:
        """Subscribe an address to a comment; one that is not proven is asked first.

        An address whose owner wants no mails gets none, and nobody hears of that.
        """
        state = SubscriptionState.CONFIRMED if wish.is_proven else SubscriptionState.ASKED
        with self._database.write() as connection:
            row = connection.execute(_comment(comment_id).with_for_update(of=comments)).first()
            if row is None or self._keeps_the_former(connection, row.id, wish):
                return state
            address_id = open_address(connection, wish)
            if address_id is None:
                return state
            self._insert(connection, row.id, address_id, wish)
        return state

    def _keeps_the_former(self, connection: Connection, comment_id: int, wish: MailWish) -> bool:
        """Whether a subscription of the comment stays: one confirmed, or the same asked just now.

        Another ends: its address may have been a typing error.
        """
        query = (
            select(subscriptions, mail_addresses.c.address_hash)
            .join(mail_addresses, mail_addresses.c.id == subscriptions.c.address_id)
            .where(subscriptions.c.comment_id == comment_id)
        )
        former = connection.execute(query).first()
        if former is None:
            return False
        is_recent = former.asked_at is not None and former.asked_at > self._clock() - _ASK_AGAIN
        if former.confirmed_at or (is_recent and former.address_hash == wish.address_hash):
            return True
        end_subscriptions(connection, [comment_id])
        return False

    def _insert(
        self, connection: Connection, comment_id: int, address_id: int, wish: MailWish
    ) -> None:
        now = self._clock()
        confirmed_at = now if wish.is_proven else None
        values = {"comment_id": comment_id, "address_id": address_id, "language": wish.language}
        values |= {"asked_at": now, "confirmed_at": confirmed_at}
        connection.execute(subscriptions.insert().values(values))
        if not wish.is_proven:
            mail = new_mail_row(comment_id, comment_id, MailKind.CONFIRM, now)
            connection.execute(reader_mails.insert().values(mail))

    def carry_over(self, former: str, later: str) -> None:
        """Subscribe the confirmed address of a comment to the one that takes its place."""
        query = (
            select(subscriptions.c.address_id, subscriptions.c.language)
            .join(comments, comments.c.id == subscriptions.c.comment_id)
            .where(comments.c.public_id == former, is_confirmed)
        )
        now = self._clock()
        with self._database.write() as connection:
            row = connection.execute(query.with_for_update(of=subscriptions)).first()
            comment_id = connection.execute(_comment(later)).scalar()
            if row is None or comment_id is None:
                return
            values = {"comment_id": comment_id, **row._mapping, "asked_at": now}
            insert = insert_for(connection)(subscriptions).values(**values, confirmed_at=now)
            connection.execute(insert.on_conflict_do_nothing())

    def state_of(self, comment_id: str) -> SubscriptionState | None:
        """What the author of a comment hears of its mails; None where they asked for none."""
        with self._database.read() as connection:
            row = connection.execute(_subscription(comment_id)).first()
        if row is None or row.asked_at is None:
            return None
        is_open = row.confirmed_at is None
        return SubscriptionState.ASKED if is_open else SubscriptionState.CONFIRMED

    def is_confirmed(self, comment_id: str, address_hash: str) -> bool:
        """Whether this address is the confirmed one of this comment."""
        query = (
            _subscription(comment_id)
            .join(mail_addresses, mail_addresses.c.id == subscriptions.c.address_id)
            .where(
                mail_addresses.c.address_hash == address_hash,
                mail_addresses.c.stopped_at.is_(None),
                is_confirmed,
            )
        )
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def address_hash(self, address_id: int) -> str | None:
        """The hash of the address with this number; None where there is none any more."""
        query = select(mail_addresses.c.address_hash).where(mail_addresses.c.id == address_id)
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    def confirm(self, link: MailLink) -> Status:
        """Send mails about the comment from now on; the caller has checked the link.

        Returns:
            The status of the comment, for its author.

        Raises:
            SubscriptionNotFound: There is nothing to confirm any more.
        """
        now = self._clock()
        with self._database.write() as connection:
            query = _subscription(link.comment).where(subscriptions.c.address_id == link.address_id)
            row = connection.execute(query.with_for_update(of=subscriptions)).first()
            is_over = row is None or (
                row.confirmed_at is None
                and (row.asked_at is None or now - row.asked_at >= CONFIRM_WITHIN)
            )
            if row is None or is_over:
                raise SubscriptionNotFound
            if row.confirmed_at is None:
                self._confirm(connection, row.comment_id, row.address_id)
        return Status(row.status)

    def _confirm(self, connection: Connection, comment_id: int, address_id: int) -> None:
        """Confirm it for this comment, and for those that were imported with the address."""
        is_theirs = subscriptions.c.address_id == address_id
        status = select(comments.c.status).where(comments.c.id == subscriptions.c.comment_id)
        values = {"confirmed_at": self._clock(), "told_status": status.scalar_subquery()}
        which = (subscriptions.c.comment_id == comment_id) | (
            is_theirs & subscriptions.c.asked_at.is_(None)
        )
        unconfirmed = subscriptions.c.confirmed_at.is_(None)
        connection.execute(subscriptions.update().where(which, unconfirmed).values(values))

    def has_any(self) -> bool:
        """Whether anybody is mailed, or asked and did not answer yet."""
        with self._database.read() as connection:
            return any(query.first(connection, {}) for query in (_CONFIRMED, _ASKED))


def _comment(comment_id: str) -> Select[Any]:
    query = select(comments.c.id)
    return query.where(comments.c.public_id == comment_id, comments.c.status != Status.ERASED)


def _subscription(comment_id: str) -> Select[Any]:
    return (
        select(subscriptions, comments.c.status)
        .join(comments, comments.c.id == subscriptions.c.comment_id)
        .where(comments.c.public_id == comment_id)
    )
