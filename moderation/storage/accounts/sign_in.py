"""Sign moderators in: by a link, a password or a provider; of every token only a hash is kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, select

from moderation.accounts.moderators import Moderator, SignedOut, SignInLinkExpired, WrongPassword
from moderation.audit_chain import NOBODY, AuditAction, AuditEntry, moderator_actor
from moderation.clock import Clock
from moderation.keys import hash_token
from moderation.storage.accounts.acting_moderator import audit_own_action
from moderation.storage.accounts.moderators import SELECT_MODERATOR, to_moderator
from moderation.storage.accounts.sessions import NewSession, insert_session
from moderation.storage.accounts.sign_in_links import LINK_LIFE
from moderation.storage.database.engine import Database
from moderation.storage.database.limited_times import is_running
from moderation.storage.schema.accounts import moderators
from moderation.storage.system.audit_log import append_audit

_SIGNING_IN: Select[Any] = select(moderators.c.id, moderators.c.name, moderators.c.totp_since)


class SignIn:
    """Opens sessions. Each method returns the token of a new one, which only the browser has.

    It is half a session where the moderator has a second factor: `SecondFactors` completes it.
    `browser` is how the moderator recognises the session later.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def moderator_of_link(self, link: str) -> Moderator:
        """Return whose sign-in link it is, without using it up; raises SignInLinkExpired."""
        with self._database.read() as connection:
            row = connection.execute(SELECT_MODERATOR.where(self._has_link(link))).first()
        if row is None:
            raise SignInLinkExpired
        return to_moderator(row)

    def by_link(self, link: str, browser: str | None = None) -> str:
        """Sign in by a link, which is used up; raises SignInLinkExpired."""
        statement = (
            moderators.update()
            .where(self._has_link(link))
            .values(link_hash=None, link_until=None)
            .returning(*_SIGNING_IN.selected_columns)
        )
        with self._database.write() as connection:
            row = connection.execute(statement).first()
            if row is None:
                raise SignInLinkExpired
            return _open_session(connection, self._clock(), row, "link", browser)

    def by_password(self, name: str, password_hash: str, browser: str | None = None) -> str:
        """Sign in by the hash of a password that was checked.

        Raises:
            WrongPassword: It is not the hash any more, or the moderator is deactivated.
        """
        same = and_(moderators.c.name == name, moderators.c.password_hash == password_hash)
        with self._database.write() as connection:
            row = _lock_active(connection, same)
            if row is None:
                raise WrongPassword
            return _open_session(connection, self._clock(), row, "password", browser)

    def by_provider(self, moderator: Moderator, browser: str | None = None) -> str:
        """Sign in a moderator whose address a provider verified; raises SignedOut."""
        with self._database.write() as connection:
            row = _lock_active(connection, moderators.c.id == moderator.id)
            if row is None:
                raise SignedOut
            return _open_session(connection, self._clock(), row, "provider", browser)

    def note_failure(self, method: str, name: str | None) -> None:
        """Note in the audit log that somebody tried to sign in and could not.

        Args:
            method: What failed: a password, a code, a link, a provider's answer.
            name: The moderator in whose name; None where there is no such moderator.
        """
        subject = NOBODY if name is None else moderator_actor(name)
        entry = AuditEntry(NOBODY, AuditAction.SIGN_IN_FAILED, subject, after={"by": method})
        with self._database.write() as connection:
            append_audit(connection, self._clock(), entry)

    def note_device(self, name: str, mark: str) -> None:
        """Note in the audit log that a browser is known for a moderator from now on."""
        with self._database.write() as connection:
            audit_own_action(
                connection, self._clock(), name, AuditAction.DEVICE_REMEMBERED, device=mark
            )

    def _has_link(self, link: str) -> ColumnElement[bool]:
        return and_(
            moderators.c.link_hash == hash_token(link),
            is_running(moderators.c.link_until, self._clock(), LINK_LIFE),
            moderators.c.active,
        )


def _lock_active(connection: Connection, which: ColumnElement[bool]) -> Row[Any] | None:
    # For update: a reset at the same moment either refuses this or closes its session.
    query = _SIGNING_IN.where(which, moderators.c.active).with_for_update()
    return connection.execute(query).first()


def _open_session(
    connection: Connection, now: datetime, moderator: Row[Any], method: str, browser: str | None
) -> str:
    """Half a session where the moderator has a second factor."""
    complete = moderator.totp_since is None
    token = insert_session(connection, now, NewSession(moderator.id, method, browser, complete))
    if complete:
        audit_own_action(connection, now, moderator.name, AuditAction.SIGNED_IN, by=method)
    return token
