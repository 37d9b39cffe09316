"""Subscriptions that end: by their readers, by time, or because no mailbox has the address."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from moderation.clock import Clock
from moderation.notifications.reader_mails import CONFIRM_WITHIN, MailLink
from moderation.storage.database.engine import Database
from moderation.storage.database.overwriting import overwrite_erased
from moderation.storage.reader_mail.forgotten_addresses import end_subscriptions
from moderation.storage.schema.comments import comments
from moderation.storage.schema.subscriptions import (
    is_unsent,
    mail_addresses,
    reader_mails,
    subscriptions,
)

_PRUNED_AT_ONCE = 500


class SubscriptionEnds:
    """Ends subscriptions; the caller has checked a link, where a reader asks."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read and write in this database; the clock says what is too old."""
        self._database = database
        self._clock = clock

    def stop_thread(self, link: MailLink) -> None:
        """End the mails about all comments of the address in the thread of the link's comment."""
        root = func.coalesce(comments.c.thread_id, comments.c.id)
        thread = select(root).where(comments.c.public_id == link.comment).scalar_subquery()
        self._end(link.address_id, root == thread)

    def stop_site(self, link: MailLink) -> None:
        """Send nothing to the address any more, not even a question, and forget it."""
        with self._database.write() as connection:
            stop_address(connection, link.address_id, self._clock())
        overwrite_erased(self._database)

    def allow_again(self, link: MailLink) -> None:
        """Let the address be asked again, which its owner had stopped."""
        stopped = (mail_addresses.c.id == link.address_id) & mail_addresses.c.stopped_at.is_not(
            None
        )
        with self._database.write() as connection:
            connection.execute(mail_addresses.delete().where(stopped))

    def prune(self) -> bool:
        """Forget addresses that nobody confirmed in time; whether there may be more of them.

        A mail that could not be sent for as long, as without a mail server, is no news any more.
        """
        over = self._clock() - CONFIRM_WITHIN
        stale = reader_mails.delete().where(is_unsent, reader_mails.c.next_attempt_at <= over)
        with self._database.write() as connection:
            connection.execute(stale)
        query = (
            select(subscriptions.c.comment_id)
            .where(
                subscriptions.c.confirmed_at.is_(None),
                subscriptions.c.asked_at <= over,
            )
            .limit(_PRUNED_AT_ONCE)
        )
        with self._database.read() as connection:
            ids = connection.execute(query).scalars().all()
        if not ids:
            return False
        with self._database.write() as connection:
            end_subscriptions(connection, connection.execute(query).scalars().all())
        overwrite_erased(self._database)
        return len(ids) == _PRUNED_AT_ONCE

    def _end(self, address_id: int, *conditions: Any) -> None:
        query = (
            select(subscriptions.c.comment_id)
            .join(comments, comments.c.id == subscriptions.c.comment_id)
            .where(subscriptions.c.address_id == address_id, *conditions)
        )
        with self._database.write() as connection:
            end_subscriptions(connection, connection.execute(query).scalars().all())
        overwrite_erased(self._database)


def stop_address(connection: Connection, address_id: int, now: datetime) -> None:
    """End all subscriptions of an address; that it gets nothing is kept, without the address."""
    own = subscriptions.c.address_id == address_id
    ids = select(subscriptions.c.comment_id).where(own)
    connection.execute(reader_mails.delete().where(reader_mails.c.comment_id.in_(ids)))
    connection.execute(subscriptions.delete().where(own))
    stopped = mail_addresses.update().where(mail_addresses.c.id == address_id)
    connection.execute(stopped.values(address=None, stopped_at=now))
