"""Moderators' sessions: opened by link, password or provider; only a token's hash is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, select

from moderation.accounts.moderators import (
    CodeNeeded,
    LinkSpent,
    Moderator,
    SignedOut,
    WrongPassword,
)
from moderation.audit_chain import Entry, What, person
from moderation.clock import Clock
from moderation.keys import hash_token
from moderation.storage.accounts.moderators import SELECT_MODERATOR, to_moderator
from moderation.storage.database.engine import Database
from moderation.storage.schema.accounts import moderators, sessions
from moderation.storage.system.audit_log import append_audit

LIFE = timedelta(hours=12)
HALF_LIFE = timedelta(minutes=10)  # to find the authenticator
MAX_BROWSER = 200
_HOLDER: Select[Any] = select(moderators.c.id, moderators.c.name, moderators.c.totp_since)


@dataclass(frozen=True, slots=True)
class Session:
    """A session as its holder sees it. `handle` names it without opening anything."""

    handle: str
    how: str
    browser: str | None
    created_at: datetime
    until: datetime
    is_this: bool


class Sessions:
    """Who is signed in. A session is known by its token, which only the browser has."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of_link(self, token: str) -> Moderator:
        """Whose link it is, without using it; raises LinkSpent."""
        with self._database.read() as connection:
            row = connection.execute(SELECT_MODERATOR.where(self._is_link(token))).first()
        if row is None:
            raise LinkSpent
        return to_moderator(row)

    def open_by_link(self, token: str, browser: str | None = None) -> str:
        """Use the link up: the token of a new session; raises LinkSpent."""
        statement = (
            moderators.update()
            .where(self._is_link(token))
            .values(link_hash=None, link_until=None)
            .returning(moderators.c.id, moderators.c.name, moderators.c.totp_since)
        )
        with self._database.write() as connection:
            holder = connection.execute(statement).first()
            if holder is None:
                raise LinkSpent
            return open_session(connection, self._clock(), holder, "link", browser)

    def open_by_password(self, name: str, password_hash: str, browser: str | None = None) -> str:
        """The token of a new session, if this hash is still the one kept; raises WrongPassword."""
        same = and_(
            moderators.c.name == name,
            moderators.c.password_hash == password_hash,
            moderators.c.active,
        )
        # For update: a reset at the same moment either refuses this or closes its session.
        query = _HOLDER.where(same).with_for_update()
        with self._database.write() as connection:
            holder = connection.execute(query).first()
            if holder is None:
                raise WrongPassword
            return open_session(connection, self._clock(), holder, "password", browser)

    def open_by_provider(self, moderator: Moderator, browser: str | None = None) -> str:
        """The token of a new session for whom a provider vouched; raises SignedOut."""
        this = and_(moderators.c.id == moderator.id, moderators.c.active)
        with self._database.write() as connection:
            holder = connection.execute(_HOLDER.where(this).with_for_update()).first()
            if holder is None:
                raise SignedOut
            return open_session(connection, self._clock(), holder, "provider", browser)

    def set_password(self, session: str, password_hash: str) -> None:
        """A new password for the session's holder; other sessions and a link of theirs end.

        Raises SignedOut.
        """
        with self._database.write() as connection:
            row = holder_of(connection, session, self._clock())
            other = sessions.c.token_hash != hash_token(session)
            theirs = sessions.c.moderator_id == row.id
            connection.execute(sessions.delete().where(theirs, other))
            connection.execute(
                moderators.update()
                .where(moderators.c.id == row.id)
                .values(password_hash=password_hash, link_hash=None, link_until=None)
            )
            note(connection, self._clock(), row.name, What.PASSWORD_SET)

    def moderator(self, session: str) -> Moderator:
        """Whose session it is; raises SignedOut, and CodeNeeded for half a session."""
        with self._database.read() as connection:
            row = connection.execute(select_holder(session, self._clock())).first()
        if row is None:
            raise SignedOut
        if not row.complete:
            raise CodeNeeded
        return to_moderator(row)

    def all_of(self, session: str) -> list[Session]:
        """Every session of this one's holder, the newest first; raises SignedOut."""
        with self._database.read() as connection:
            row = connection.execute(select_holder(session, self._clock())).first()
            if row is None:
                raise SignedOut
            theirs = and_(sessions.c.moderator_id == row.id, sessions.c.complete)
            query = select(sessions).where(theirs, sessions.c.until > self._clock())
            found = connection.execute(query.order_by(sessions.c.created_at.desc())).all()
        return [_to_session(each, hash_token(session)) for each in found]

    def revoke(self, session: str, handle: str) -> None:
        """End another session of the same holder, if it has not ended; raises SignedOut."""
        with self._database.write() as connection:
            row = holder_of(connection, session, self._clock())
            this = and_(
                sessions.c.moderator_id == row.id,
                sessions.c.token_hash.startswith(handle, autoescape=True),
            )
            if connection.execute(sessions.delete().where(this)).rowcount:
                note(connection, self._clock(), row.name, What.SESSION_CLOSED)

    def close(self, session: str) -> None:
        """End it, if it has not ended."""
        statement = sessions.delete().where(sessions.c.token_hash == hash_token(session))
        with self._database.write() as connection:
            connection.execute(statement)

    def _is_link(self, token: str) -> ColumnElement[bool]:
        return and_(
            moderators.c.link_hash == hash_token(token),
            moderators.c.link_until > self._clock(),
            moderators.c.active,
        )


def select_holder(session: str, now: datetime) -> Select[Any]:
    """The session's holder, with `complete` and the rest of the session beside it."""
    return (
        SELECT_MODERATOR.add_columns(
            sessions.c.complete, sessions.c.how, sessions.c.browser, sessions.c.moderator_id
        )
        .join(sessions, sessions.c.moderator_id == moderators.c.id)
        .where(
            sessions.c.token_hash == hash_token(session),
            sessions.c.until > now,
            moderators.c.active,
        )
    )


def holder_of(connection: Connection, session: str, now: datetime) -> Row[Any]:
    """The holder's row, locked to change it, of a complete session; raises SignedOut."""
    query = select_holder(session, now).where(sessions.c.complete).with_for_update()
    row = connection.execute(query).first()
    if row is None:
        raise SignedOut
    return row


def open_session(
    connection: Connection, now: datetime, holder: Row[Any], how: str, browser: str | None
) -> str:
    """The token of a new session: half a one where the holder has a second factor."""
    complete = holder.totp_since is None
    token = insert_session(connection, now, holder.id, how, browser, complete)
    if complete:
        note(connection, now, holder.name, What.SIGNED_IN, by=how)
    return token


def insert_session(
    connection: Connection,
    now: datetime,
    moderator_id: int,
    how: str,
    browser: str | None,
    complete: bool,
) -> str:
    """Its token; sessions that ended are forgotten."""
    token = secrets.token_urlsafe(32)
    connection.execute(sessions.delete().where(sessions.c.until <= now))
    connection.execute(
        sessions.insert().values(
            token_hash=hash_token(token),
            moderator_id=moderator_id,
            created_at=now,
            until=now + (LIFE if complete else HALF_LIFE),
            how=how,
            browser=browser and browser[:MAX_BROWSER],
            complete=complete,
        )
    )
    return token


def note(connection: Connection, now: datetime, name: str, what: What, **after: object) -> None:
    """In the audit log: what a moderator did with their own way in."""
    entry = Entry(person(name), what, person(name), after=after or None)
    append_audit(connection, now, entry)


def _to_session(row: Row[Any], this: str) -> Session:
    return Session(
        handle=row.token_hash[:16],
        how=row.how,
        browser=row.browser,
        created_at=row.created_at,
        until=row.until,
        is_this=row.token_hash == this,
    )
