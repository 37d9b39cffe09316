"""Second factors: confirmed by a first code, then asked for; of recovery codes only hashes."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from moderation.accounts.moderators import NotAllowed, SignedOut, WrongCode
from moderation.audit_chain import AuditAction
from moderation.clock import Clock
from moderation.keys import hash_token
from moderation.storage.accounts.acting_moderator import (
    audit_own_action,
    lock_session_moderator,
    select_session_moderator,
)
from moderation.storage.accounts.sessions import NewSession, insert_session
from moderation.storage.database.engine import Database
from moderation.storage.schema.accounts import moderators, recovery_codes, sessions


class SecondFactors:
    """The second factor of each session's moderator.

    Only a salt is stored: the secret is derive_key from it by the server's key, see `Parts.token`.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def name_and_salt(self, session: str) -> tuple[str, str]:
        """Return the name and the salt of the session's moderator, also for half a session.

        Raises:
            SignedOut: The session has ended, or the moderator has no second factor.
        """
        with self._database.read() as connection:
            row = connection.execute(select_session_moderator(session, self._clock())).first()
        if row is None or row.totp_salt is None:
            raise SignedOut
        return str(row.name), str(row.totp_salt)

    def begin(self, session: str) -> str:
        """Store a new salt and return it; it is in use once it is confirmed.

        Raises:
            SignedOut: The session has ended.
            NotAllowed: There is a second factor already.
        """
        salt = secrets.token_hex(16)
        with self._database.write() as connection:
            row = lock_session_moderator(connection, session, self._clock())
            unconfirmed = moderators.c.totp_since.is_(None)
            statement = moderators.update().where(moderators.c.id == row.id, unconfirmed)
            if connection.execute(statement.values(totp_salt=salt, totp_step=0)).rowcount != 1:
                sentence = "there is a second factor already: remove it first"
                raise NotAllowed(sentence)
            audit_own_action(connection, self._clock(), row.name, AuditAction.SECOND_FACTOR_BEGUN)
        return salt

    def confirm(self, session: str, salt: str, step: int, codes: Sequence[str]) -> None:
        """Ask for the second factor from now on.

        Args:
            session: The token of a whole session.
            salt: As `begin` returned it.
            step: The half minute whose code was given, see `matching_step`.
            codes: The new recovery codes.

        Raises:
            SignedOut: The session has ended.
            WrongCode: Another salt was stored meanwhile.
        """
        with self._database.write() as connection:
            row = lock_session_moderator(connection, session, self._clock())
            begun = (moderators.c.totp_salt == salt) & moderators.c.totp_since.is_(None)
            statement = moderators.update().where(moderators.c.id == row.id, begun)
            values = {"totp_since": self._clock(), "totp_step": step}
            if connection.execute(statement.values(values)).rowcount != 1:
                raise WrongCode
            rows = [{"moderator_id": row.id, "code_hash": hash_token(code)} for code in codes]
            connection.execute(recovery_codes.delete().where(_of(row.id)))
            connection.execute(recovery_codes.insert(), rows)
            audit_own_action(
                connection,
                self._clock(),
                row.name,
                AuditAction.SECOND_FACTOR_SET,
                recovery_codes=len(codes),
            )

    def remove(self, session: str) -> None:
        """Delete the second factor and its recovery codes; raises SignedOut."""
        with self._database.write() as connection:
            row = lock_session_moderator(connection, session, self._clock())
            statement = moderators.update().where(moderators.c.id == row.id)
            connection.execute(statement.values(totp_salt=None, totp_since=None))
            connection.execute(recovery_codes.delete().where(_of(row.id)))
            audit_own_action(connection, self._clock(), row.name, AuditAction.SECOND_FACTOR_REMOVED)

    def complete(self, half: str, step: int) -> str:
        """Replace half a session by a whole one, for a right code, and return the new token.

        Args:
            half: The token of the half session.
            step: The half minute whose code was given, see `matching_step`.

        Raises:
            SignedOut: The half session has ended.
            WrongCode: This step's code or a later one was used already.
        """
        with self._database.write() as connection:
            row = self._half(connection, half)
            newer = moderators.c.totp_step < step
            statement = moderators.update().where(moderators.c.id == row.id, newer)
            if connection.execute(statement.values(totp_step=step)).rowcount != 1:
                raise WrongCode
            return self._whole(connection, half, row, "code")

    def complete_by_recovery(self, half: str, code: str) -> str:
        """Do as `complete`, for a recovery code, which is used up; raises SignedOut, WrongCode."""
        with self._database.write() as connection:
            row = self._half(connection, half)
            same = recovery_codes.c.code_hash == hash_token(code)
            if connection.execute(recovery_codes.delete().where(_of(row.id), same)).rowcount != 1:
                raise WrongCode
            return self._whole(connection, half, row, "recovery code")

    def recovery_codes_left(self, moderator_id: int) -> int:
        """Return how many recovery codes were not used yet."""
        query = select(func.count()).select_from(recovery_codes).where(_of(moderator_id))
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def _half(self, connection: Connection, half: str) -> Row[Any]:
        query = select_session_moderator(half, self._clock()).where(~sessions.c.complete)
        row = connection.execute(query.with_for_update()).first()
        if row is None:
            raise SignedOut
        return row

    def _whole(self, connection: Connection, half: str, row: Row[Any], proof: str) -> str:
        connection.execute(sessions.delete().where(sessions.c.token_hash == hash_token(half)))
        now, session = self._clock(), NewSession(row.id, row.method, row.browser, complete=True)
        token = insert_session(connection, now, session)
        audit_own_action(
            connection, now, row.name, AuditAction.SIGNED_IN, by=f"{row.method} and {proof}"
        )
        return token


def _of(moderator_id: int) -> ColumnElement[bool]:
    return recovery_codes.c.moderator_id == moderator_id
