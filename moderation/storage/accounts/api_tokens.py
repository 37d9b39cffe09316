"""Tokens by which a program asks in a moderator's name; only their hashes are kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from moderation.accounts.moderators import Moderator, WrongToken
from moderation.audit_chain import What
from moderation.clock import Clock
from moderation.keys import hash_token
from moderation.storage.accounts.moderators import SELECT_MODERATOR, to_moderator
from moderation.storage.accounts.sessions import holder_of, note
from moderation.storage.database.engine import Database
from moderation.storage.schema.accounts import api_tokens, moderators


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as its holder sees it later: by the name they gave it."""

    id: int
    name: str
    created_at: datetime


class ApiTokens:
    """Each moderator's tokens. They end with a reset, and do nothing their holder may not."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def make(self, session: str, name: str) -> str:
        """A new token for the session's holder, shown this once; raises SignedOut."""
        token = f"parley_moderator_{secrets.token_urlsafe(32)}"
        with self._database.write() as connection:
            holder = holder_of(connection, session, self._clock())
            connection.execute(
                api_tokens.insert().values(
                    moderator_id=holder.id,
                    name=name,
                    token_hash=hash_token(token),
                    created_at=self._clock(),
                )
            )
            note(connection, self._clock(), holder.name, What.TOKEN_MADE, token=name)
        return token

    def revoke(self, session: str, token_id: int) -> None:
        """End a token of the session's holder, if there is one; raises SignedOut."""
        with self._database.write() as connection:
            holder = holder_of(connection, session, self._clock())
            this = (api_tokens.c.id == token_id) & (api_tokens.c.moderator_id == holder.id)
            statement = api_tokens.delete().where(this).returning(api_tokens.c.name)
            name = connection.execute(statement).scalar()
            if name is not None:
                note(connection, self._clock(), holder.name, What.TOKEN_REVOKED, token=name)

    def all_of(self, moderator_id: int) -> list[ApiToken]:
        """The moderator's tokens, the oldest first."""
        columns = (api_tokens.c.id, api_tokens.c.name, api_tokens.c.created_at)
        query = select(*columns).where(api_tokens.c.moderator_id == moderator_id)
        with self._database.read() as connection:
            return [ApiToken(*row) for row in connection.execute(query.order_by(api_tokens.c.id))]

    def moderator(self, token: str) -> Moderator:
        """In whose name the token asks; raises WrongToken."""
        query = SELECT_MODERATOR.join(api_tokens).where(
            api_tokens.c.token_hash == hash_token(token), moderators.c.active
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise WrongToken
        return to_moderator(row)
