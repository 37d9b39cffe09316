"""Moderators' sessions: whose each is, which a moderator has, and how long each lasts."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from moderation.accounts.moderators import Moderator, SecondFactorRequired, SignedOut
from moderation.audit_chain import AuditAction
from moderation.clock import Clock
from moderation.keys import hash_token
from moderation.storage.accounts.acting_moderator import (
    LIFE,
    audit_own_action,
    lock_session_moderator,
    select_session_moderator,
)
from moderation.storage.accounts.moderators import to_moderator
from moderation.storage.accounts.roles import revoke_programs
from moderation.storage.database.engine import Database
from moderation.storage.database.limited_times import has_ended, is_running
from moderation.storage.schema.accounts import moderators, sessions

HALF_LIFE = timedelta(minutes=10)  # to find the authenticator
_MAX_BROWSER = 200


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session to open; `complete` is False where the second factor is still missing."""

    moderator_id: int
    method: str
    browser: str | None
    complete: bool


@dataclass(frozen=True, slots=True)
class Session:
    """A session as its moderator sees it. `handle` names it without opening anything.

    `method` is how it was opened: link, password or provider.
    """

    handle: str
    method: str
    browser: str | None
    created_at: datetime
    expires_at: datetime
    is_this: bool


class Sessions:
    """The sessions that are open. Each is known by its token, which only the browser has."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def moderator(self, session: str) -> Moderator:
        """Return whose session it is.

        Raises:
            SignedOut: It has ended.
            SecondFactorRequired: It is half a session: the second factor is still missing.
        """
        with self._database.read() as connection:
            query = select_session_moderator(session, self._clock())
            row = connection.execute(query).first()
        if row is None:
            raise SignedOut
        if not row.complete:
            raise SecondFactorRequired
        return to_moderator(row)

    def is_open(self, session: str) -> bool:
        """Whether it is the token of a session, or of half a one, that has not ended."""
        with self._database.read() as connection:
            query = select_session_moderator(session, self._clock())
            return connection.execute(query).first() is not None

    def all_of(self, session: str) -> list[Session]:
        """Return every session of this one's moderator, the newest first; raises SignedOut."""
        now = self._clock()
        with self._database.read() as connection:
            row = connection.execute(select_session_moderator(session, now)).first()
            if row is None:
                raise SignedOut
            query = select(sessions).where(
                sessions.c.moderator_id == row.id,
                sessions.c.complete,
                is_running(sessions.c.expires_at, now, LIFE),
            )
            rows = connection.execute(query.order_by(sessions.c.created_at.desc())).all()
        return [_to_session(row, hash_token(session)) for row in rows]

    def set_password(self, session: str, password_hash: str, *, ends_access: bool = False) -> None:
        """Set a new password for the session's moderator.

        The moderator's other sessions end, and a sign-in link too.

        Args:
            session: The session's token.
            password_hash: Of the new password.
            ends_access: Whether API tokens and the feed end as well.

        Raises:
            SignedOut: The session has ended.
        """
        with self._database.write() as connection:
            row = lock_session_moderator(connection, session, self._clock())
            others = and_(
                sessions.c.moderator_id == row.id, sessions.c.token_hash != hash_token(session)
            )
            connection.execute(sessions.delete().where(others))
            connection.execute(
                moderators.update()
                .where(moderators.c.id == row.id)
                .values(password_hash=password_hash, link_hash=None, link_until=None)
            )
            if ends_access:
                revoke_programs(connection, row.id)
            programs = "ended" if ends_access else "kept"
            audit_own_action(
                connection, self._clock(), row.name, AuditAction.PASSWORD_SET, programs=programs
            )

    def revoke(self, session: str, handle: str) -> None:
        """End another session of the same moderator, if there is one; raises SignedOut."""
        with self._database.write() as connection:
            row = lock_session_moderator(connection, session, self._clock())
            revoked = and_(
                sessions.c.moderator_id == row.id,
                sessions.c.token_hash.startswith(handle, autoescape=True),
            )
            if connection.execute(sessions.delete().where(revoked)).rowcount:
                audit_own_action(connection, self._clock(), row.name, AuditAction.SESSION_CLOSED)

    def close(self, session: str) -> None:
        """End the session, if it has not ended."""
        statement = sessions.delete().where(sessions.c.token_hash == hash_token(session))
        with self._database.write() as connection:
            connection.execute(statement)


def insert_session(connection: Connection, now: datetime, session: NewSession) -> str:
    """Insert a session, delete all that have ended, and return its token."""
    token = secrets.token_urlsafe(32)
    connection.execute(sessions.delete().where(has_ended(sessions.c.expires_at, now, LIFE)))
    connection.execute(
        sessions.insert().values(
            token_hash=hash_token(token),
            moderator_id=session.moderator_id,
            created_at=now,
            expires_at=now + (LIFE if session.complete else HALF_LIFE),
            method=session.method,
            browser=session.browser and session.browser[:_MAX_BROWSER],
            complete=session.complete,
        )
    )
    return token


def _to_session(row: Row[Any], this_hash: str) -> Session:
    return Session(
        handle=row.token_hash[:16],
        method=row.method,
        browser=row.browser,
        created_at=row.created_at,
        expires_at=row.expires_at,
        is_this=row.token_hash == this_hash,
    )
