"""Moderators: who may decide, and how they first get in; of every secret only a hash."""

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import IntegrityError

from moderation.clock import Clock
from moderation.moderators import (
    Moderator,
    ModeratorExists,
    ModeratorNotFound,
)
from moderation.storage.engine import Database
from moderation.storage.sites import hash_secret
from moderation.storage.tables import moderators, sessions

LINK_LIFE = timedelta(hours=24)


class Moderators:
    """The people who may decide, by names as `moderator_name` gives them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, name: str) -> Moderator:
        """A new moderator, without a password yet; raises ModeratorExists."""
        statement = moderators.insert().values(name=name, active=True, created_at=self._clock())
        try:
            with self._database.write() as connection:
                connection.execute(statement)
        except IntegrityError as error:
            sentence = f"there is a moderator {name} already"
            raise ModeratorExists(sentence) from error
        return self.get(name)

    def get(self, name: str) -> Moderator:
        """The moderator with this name; raises ModeratorNotFound."""
        with self._database.read() as connection:
            row = connection.execute(select(moderators).where(moderators.c.name == name)).first()
        if row is None:
            raise ModeratorNotFound(name)
        return to_moderator(row)

    def all(self) -> list[Moderator]:
        """Every moderator, by name."""
        query = select(moderators).order_by(moderators.c.name)
        with self._database.read() as connection:
            return [to_moderator(row) for row in connection.execute(query)]

    def new_link(self, name: str) -> str:
        """The token of a new sign-in link, in place of an earlier one; raises ModeratorNotFound."""
        token = secrets.token_urlsafe(32)
        with self._database.write() as connection:
            _change(connection, name, self._link(token))
        return token

    def reset(self, name: str) -> str:
        """Close every session, forget the password; returns the token of a new sign-in link.

        Raises ModeratorNotFound.
        """
        token = secrets.token_urlsafe(32)
        with self._database.write() as connection:
            moderator_id = _change(connection, name, {"password_hash": None, **self._link(token)})
            connection.execute(sessions.delete().where(sessions.c.moderator_id == moderator_id))
        return token

    def password_hash(self, name: str) -> str | None:
        """What is kept of the password; None for no such name and for no password alike."""
        query = select(moderators.c.password_hash).where(moderators.c.name == name)
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    def _link(self, token: str) -> dict[str, object]:
        return {"link_hash": hash_secret(token), "link_until": self._clock() + LINK_LIFE}


def to_moderator(row: Row[Any]) -> Moderator:
    """A row of the table as the domain knows it."""
    return Moderator(
        id=row.id,
        name=row.name,
        has_password=row.password_hash is not None,
        created_at=row.created_at,
    )


def _change(connection: Connection, name: str, values: dict[str, object]) -> int:
    statement = moderators.update().where(moderators.c.name == name).values(values)
    moderator_id = connection.execute(statement.returning(moderators.c.id)).scalar()
    if moderator_id is None:
        raise ModeratorNotFound(name)
    return int(moderator_id)
