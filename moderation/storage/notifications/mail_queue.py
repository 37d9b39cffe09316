"""Mails to readers that wait to be sent: each is leased to one process, and sent at most once.

A mail is noted as being sent right before the server gets it. A process that dies before leaves it
to the next; one that dies after may have sent it, so nobody sends it again.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_

from moderation.clock import Clock
from moderation.notifications.deliveries import backoff
from moderation.notifications.reader_mails import (
    DAY,
    MAX_ATTEMPTS,
    MailKind,
    MailState,
    ReaderMail,
)
from moderation.storage.database.engine import Database
from moderation.storage.database.limited_times import has_ended
from moderation.storage.notifications.due_mails import SELECT_DUE, is_out_of_date, to_mail
from moderation.storage.notifications.reply_limits import free_from, held_with
from moderation.storage.reader_mail.subscription_ends import stop_address
from moderation.storage.schema.subscriptions import (
    is_unsent,
    reader_mails,
    subscriptions,
)

LEASE = timedelta(seconds=90)  # longer than sending may take


def _random_jitter() -> float:
    return secrets.randbelow(1000) / 1000


@dataclass(frozen=True, slots=True)
class LeasedMail:
    """A mail that this process alone sends.

    Attributes:
        mail: What to write.
        token: Proves the lease.
        numbers: Of all mails that it stands for, its own first.
        attempts: How many failed before.
        state: What it was before.
        address_id: Storage's number of the address.
        comment_id: Storage's number of the reader's comment.
    """

    mail: ReaderMail
    token: str
    numbers: tuple[int, ...]
    attempts: int
    state: MailState
    address_id: int
    comment_id: int


class MailQueue:
    """What waits to be sent, for any number of processes at once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        public_url: str,
        jitter: Callable[[], float] = _random_jitter,
    ) -> None:
        """Read and write in this database.

        Args:
            database: Where the mails are.
            clock: Says what is due.
            public_url: Parley's own address, for comments whose page has none.
            jitter: From 0 to 1, random: spreads retries.
        """
        self._database = database
        self._clock = clock
        self._public_url = public_url
        self._jitter = jitter

    def lease(self) -> LeasedMail | None:
        """Lease the next mail that is due; None where there is none now.

        Mails that say nothing true any more are deleted on the way, and those of an address that
        has had enough for a day are held.
        """
        while True:
            now = self._clock()
            with self._database.read() as connection:
                query = SELECT_DUE.where(_is_due(now))
                row = connection.execute(query.order_by(reader_mails.c.next_attempt_at)).first()
            if row is None:
                return None
            with self._database.write() as connection:
                leased = self._leased(connection, row, now)
            if leased is not None:
                return leased

    def begin(self, leased: LeasedMail) -> bool:
        """Note that the mail goes now; False where it may not any more."""
        values = {"state": MailState.SENDING, "lease_until": self._clock() + LEASE}
        with self._database.write() as connection:
            own = reader_mails.c.id == leased.numbers[0]
            is_own = own & (reader_mails.c.lease_token == leased.token)
            if connection.execute(reader_mails.update().where(is_own).values(values)).rowcount:
                _change(connection, leased.numbers[1:], values)
                return True
        return False

    def note_sent(self, leased: LeasedMail) -> None:
        """Keep that the mail went, so that it does not go twice."""
        sent = {"state": MailState.SENT, "sent_at": self._clock(), "lease_token": None}
        with self._database.write() as connection:
            is_own = _has_lease(leased)
            connection.execute(reader_mails.update().where(is_own).values(sent))
            _change(connection, leased.numbers[1:], {"state": MailState.SENT})
            if leased.mail.kind is MailKind.DECIDED:
                own = subscriptions.c.comment_id == leased.comment_id
                known = {"told_status": leased.mail.status}
                connection.execute(subscriptions.update().where(own).values(known))

    def retry_later(self, leased: LeasedMail) -> None:
        """Give the mail back, for a fault that may pass; after days of them it is given up."""
        attempts, now = leased.attempts + 1, self._clock()
        with self._database.write() as connection:
            if attempts >= MAX_ATTEMPTS:
                connection.execute(reader_mails.delete().where(_has_lease(leased)))
                return
            delay = backoff(attempts, self._jitter())
            values = {"state": leased.state, "attempts": attempts, "next_attempt_at": now + delay}
            values |= {"lease_until": now, "lease_token": None}
            connection.execute(reader_mails.update().where(_has_lease(leased)).values(values))
            _change(connection, leased.numbers[1:], {"state": MailState.HELD})

    def stop(self, leased: LeasedMail) -> None:
        """Send nothing more to an address that no mailbox has, and forget it."""
        with self._database.write() as connection:
            stop_address(connection, leased.address_id, self._clock())

    def _leased(self, connection: Connection, row: Row[Any], now: datetime) -> LeasedMail | None:
        own = reader_mails.c.id == row.number
        if is_out_of_date(row):
            connection.execute(reader_mails.delete().where(own, is_unsent))
            return None
        later = free_from(connection, row, now)
        if later is not None:
            held = {"state": MailState.HELD, "next_attempt_at": later}
            connection.execute(reader_mails.update().where(own, is_unsent).values(held))
            return None
        token = secrets.token_urlsafe(12)
        lease = {"lease_until": now + LEASE, "lease_token": token}
        statement = reader_mails.update().where(own, _is_due(now)).values(lease)
        if connection.execute(statement).rowcount == 0:
            return None
        others = held_with(connection, row) if row.state == MailState.HELD else []
        mail = to_mail(row, self._public_url, more=len(others))
        numbers = (row.number, *others)
        state = MailState(row.state)
        return LeasedMail(mail, token, numbers, row.attempts, state, row.address_id, row.comment_id)


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(
        is_unsent,
        has_ended(reader_mails.c.next_attempt_at, now, DAY),
        has_ended(reader_mails.c.lease_until, now, LEASE),
    )


def _has_lease(leased: LeasedMail) -> ColumnElement[bool]:
    return and_(reader_mails.c.id == leased.numbers[0], reader_mails.c.lease_token == leased.token)


def _change(connection: Connection, numbers: tuple[int, ...], values: dict[str, Any]) -> None:
    if numbers:
        own = reader_mails.c.id.in_(numbers)
        connection.execute(reader_mails.update().where(own).values(values))
