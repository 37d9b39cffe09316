"""API tokens: a program acts by one in a moderator's name; only hashes are kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from moderation.accounts.moderators import Moderator, WrongToken
from moderation.audit_chain import AuditAction
from moderation.clock import Clock
from moderation.keys import hash_token
from moderation.storage.accounts.acting_moderator import (
    audit_own_action,
    lock_session_moderator,
)
from moderation.storage.accounts.moderators import SELECT_MODERATOR, to_moderator
from moderation.storage.database.engine import Database, DatabaseUnavailable
from moderation.storage.schema.accounts import api_tokens, moderators


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as its moderator sees it later: by the name they gave it."""

    id: int
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """In whose name a token acts, and what they call it."""

    moderator: Moderator
    token_name: str


class ApiTokens:
    """Each moderator's tokens; a token may do what its moderator may, and ends with a reset."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def make(self, session: str, name: str) -> str:
        """Make a token for the session's moderator and return it, this once; raises SignedOut."""
        token = f"parley_moderator_{secrets.token_urlsafe(32)}"
        with self._database.write() as connection:
            moderator = lock_session_moderator(connection, session, self._clock())
            connection.execute(
                api_tokens.insert().values(
                    moderator_id=moderator.id,
                    name=name,
                    token_hash=hash_token(token),
                    created_at=self._clock(),
                )
            )
            audit_own_action(
                connection, self._clock(), moderator.name, AuditAction.TOKEN_MADE, token=name
            )
        return token

    def revoke(self, session: str, token_id: int) -> None:
        """Delete a token of the session's moderator, if there is one; raises SignedOut."""
        with self._database.write() as connection:
            moderator = lock_session_moderator(connection, session, self._clock())
            own = (api_tokens.c.id == token_id) & (api_tokens.c.moderator_id == moderator.id)
            statement = api_tokens.delete().where(own).returning(api_tokens.c.name)
            name = connection.execute(statement).scalar()
            if name is not None:
                audit_own_action(
                    connection, self._clock(), moderator.name, AuditAction.TOKEN_REVOKED, token=name
                )

    def all_of(self, moderator_id: int) -> list[ApiToken]:
        """Return the moderator's tokens, the oldest first."""
        columns = (api_tokens.c.id, api_tokens.c.name, api_tokens.c.created_at)
        query = select(*columns).where(api_tokens.c.moderator_id == moderator_id)
        with self._database.read() as connection:
            return [ApiToken(*row) for row in connection.execute(query.order_by(api_tokens.c.id))]

    def holder(self, token: str) -> TokenHolder:
        """Return in whose name the token acts; raises WrongToken."""
        query = (
            SELECT_MODERATOR.add_columns(api_tokens.c.name.label("token_name"))
            .join(api_tokens)
            .where(api_tokens.c.token_hash == hash_token(token), moderators.c.active)
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise WrongToken
        return TokenHolder(to_moderator(row), row.token_name)

    def knows(self, token: str) -> bool:
        """Whether somebody has the token; where nobody can be asked, it is not."""
        try:
            return bool(self.holder(token))
        except (WrongToken, DatabaseUnavailable):
            return False
