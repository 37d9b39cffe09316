"""Second factors: proven once to be set, then asked for; of recovery codes only hashes."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from moderation.accounts.moderators import NotAllowed, SignedOut, WrongCode
from moderation.audit_chain import What
from moderation.clock import Clock
from moderation.keys import hash_token
from moderation.storage.accounts.sessions import (
    holder_of,
    insert_session,
    note,
    select_holder,
)
from moderation.storage.database.engine import Database
from moderation.storage.schema.accounts import moderators, recovery_codes, sessions


class SecondFactors:
    """The second factor of each session's holder. A salt is not the secret: see `Parts.token`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def salt(self, session: str) -> str:
        """The holder's salt, of half a session too; raises SignedOut where there is none."""
        with self._database.read() as connection:
            row = connection.execute(select_holder(session, self._clock())).first()
        if row is None or row.totp_salt is None:
            raise SignedOut
        return str(row.totp_salt)

    def begin(self, session: str) -> str:
        """A new salt, which counts once it is proven; raises SignedOut, NotAllowed."""
        salt = secrets.token_hex(16)
        with self._database.write() as connection:
            row = holder_of(connection, session, self._clock())
            unproven = moderators.c.totp_since.is_(None)
            statement = moderators.update().where(moderators.c.id == row.id, unproven)
            if connection.execute(statement.values(totp_salt=salt, totp_step=0)).rowcount != 1:
                sentence = "there is a second factor already: remove it first"
                raise NotAllowed(sentence)
        return salt

    def prove(self, session: str, salt: str, step: int, codes: Sequence[str]) -> None:
        """Ask for it from now on, with these recovery codes; raises SignedOut, WrongCode."""
        with self._database.write() as connection:
            row = holder_of(connection, session, self._clock())
            begun = (moderators.c.totp_salt == salt) & moderators.c.totp_since.is_(None)
            statement = moderators.update().where(moderators.c.id == row.id, begun)
            values = {"totp_since": self._clock(), "totp_step": step}
            if connection.execute(statement.values(values)).rowcount != 1:
                raise WrongCode
            rows = [{"moderator_id": row.id, "code_hash": hash_token(code)} for code in codes]
            connection.execute(recovery_codes.delete().where(_of(row.id)))
            connection.execute(recovery_codes.insert(), rows)
            note(connection, self._clock(), row.name, What.SECOND_FACTOR_SET)

    def remove(self, session: str) -> None:
        """Ask for none from now on; raises SignedOut."""
        with self._database.write() as connection:
            row = holder_of(connection, session, self._clock())
            this = moderators.update().where(moderators.c.id == row.id)
            connection.execute(this.values(totp_salt=None, totp_since=None))
            connection.execute(recovery_codes.delete().where(_of(row.id)))
            note(connection, self._clock(), row.name, What.SECOND_FACTOR_REMOVED)

    def complete(self, half: str, step: int) -> str:
        """The token of a whole session in place of half a one, for the code of this step.

        Raises SignedOut, and WrongCode where this step's code or a later one was used already.
        """
        with self._database.write() as connection:
            row = self._half(connection, half)
            newer = moderators.c.totp_step < step
            statement = moderators.update().where(moderators.c.id == row.id, newer)
            if connection.execute(statement.values(totp_step=step)).rowcount != 1:
                raise WrongCode
            return self._whole(connection, half, row, "code")

    def complete_by_recovery(self, half: str, code: str) -> str:
        """As `complete`, for a recovery code, which is used up; raises SignedOut, WrongCode."""
        with self._database.write() as connection:
            row = self._half(connection, half)
            this = recovery_codes.c.code_hash == hash_token(code)
            if connection.execute(recovery_codes.delete().where(_of(row.id), this)).rowcount != 1:
                raise WrongCode
            return self._whole(connection, half, row, "recovery code")

    def recovery_codes_left(self, moderator_id: int) -> int:
        """How many recovery codes were not used yet."""
        query = select(func.count()).select_from(recovery_codes).where(_of(moderator_id))
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def _half(self, connection: Connection, half: str) -> Row[Any]:
        query = select_holder(half, self._clock()).where(~sessions.c.complete)
        row = connection.execute(query.with_for_update()).first()
        if row is None:
            raise SignedOut
        return row

    def _whole(self, connection: Connection, half: str, row: Row[Any], proof: str) -> str:
        this = sessions.c.token_hash == hash_token(half)
        connection.execute(sessions.delete().where(this))
        now = self._clock()
        token = insert_session(connection, now, row.id, row.how, row.browser, complete=True)
        note(connection, now, row.name, What.SIGNED_IN, by=f"{row.how} and {proof}")
        return token


def _of(moderator_id: int) -> ColumnElement[bool]:
    return recovery_codes.c.moderator_id == moderator_id
