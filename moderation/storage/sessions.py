"""Moderators' sessions: opened by a one-time link or a password; only a token's hash is kept."""

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, select

from moderation.clock import Clock
from moderation.moderators import LinkSpent, Moderator, SignedOut, WrongPassword
from moderation.storage.engine import Database
from moderation.storage.moderators import to_moderator
from moderation.storage.sites import hash_secret
from moderation.storage.tables import moderators, sessions

LIFE = timedelta(hours=12)


class Sessions:
    """Who is signed in. A session is known by its token, which only the browser has."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of_link(self, token: str) -> Moderator:
        """Whose link it is, without using it; raises LinkSpent."""
        with self._database.read() as connection:
            row = connection.execute(select(moderators).where(self._is_link(token))).first()
        if row is None:
            raise LinkSpent
        return to_moderator(row)

    def open_by_link(self, token: str) -> str:
        """Use the link up: the token of a new session; raises LinkSpent."""
        statement = (
            moderators.update()
            .where(self._is_link(token))
            .values(link_hash=None, link_until=None)
            .returning(moderators.c.id)
        )
        with self._database.write() as connection:
            moderator_id = connection.execute(statement).scalar()
            if moderator_id is None:
                raise LinkSpent
            return self._open(connection, moderator_id)

    def open_by_password(self, name: str, password_hash: str) -> str:
        """The token of a new session, if this hash is still the one kept; raises WrongPassword."""
        same = and_(
            moderators.c.name == name,
            moderators.c.password_hash == password_hash,
            moderators.c.active,
        )
        # For update: a reset at the same moment either refuses this or closes its session.
        query = select(moderators.c.id).where(same).with_for_update()
        with self._database.write() as connection:
            moderator_id = connection.execute(query).scalar()
            if moderator_id is None:
                raise WrongPassword
            return self._open(connection, moderator_id)

    def set_password(self, session: str, password_hash: str) -> None:
        """A new password for the session's holder; other sessions of theirs end.

        Raises SignedOut.
        """
        with self._database.write() as connection:
            row = connection.execute(self._holder(session).with_for_update()).first()
            if row is None:
                raise SignedOut
            other = sessions.c.token_hash != hash_secret(session)
            theirs = sessions.c.moderator_id == row.id
            connection.execute(sessions.delete().where(theirs, other))
            connection.execute(
                moderators.update()
                .where(moderators.c.id == row.id)
                .values(password_hash=password_hash)
            )

    def moderator(self, session: str) -> Moderator:
        """Whose session it is; raises SignedOut."""
        with self._database.read() as connection:
            row = connection.execute(self._holder(session)).first()
        if row is None:
            raise SignedOut
        return to_moderator(row)

    def close(self, session: str) -> None:
        """End it, if it has not ended."""
        statement = sessions.delete().where(sessions.c.token_hash == hash_secret(session))
        with self._database.write() as connection:
            connection.execute(statement)

    def _is_link(self, token: str) -> ColumnElement[bool]:
        return and_(
            moderators.c.link_hash == hash_secret(token),
            moderators.c.link_until > self._clock(),
            moderators.c.active,
        )

    def _holder(self, session: str) -> Select[Any]:
        return (
            select(moderators)
            .join(sessions, sessions.c.moderator_id == moderators.c.id)
            .where(
                sessions.c.token_hash == hash_secret(session),
                sessions.c.until > self._clock(),
                moderators.c.active,
            )
        )

    def _open(self, connection: Connection, moderator_id: int) -> str:
        token, now = secrets.token_urlsafe(32), self._clock()
        connection.execute(sessions.delete().where(sessions.c.until <= now))
        connection.execute(
            sessions.insert().values(
                token_hash=hash_secret(token),
                moderator_id=moderator_id,
                created_at=now,
                until=now + LIFE,
            )
        )
        return token
