"""The moderator whose session it is: found, locked to change their account, and audited."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select

from moderation.accounts.moderators import SignedOut
from moderation.audit_chain import AuditAction, AuditEntry, moderator_actor
from moderation.keys import hash_token
from moderation.storage.accounts.moderators import SELECT_MODERATOR
from moderation.storage.database.limited_times import is_running
from moderation.storage.schema.accounts import moderators, sessions
from moderation.storage.system.audit_log import append_audit

LIFE = timedelta(hours=12)  # of a session


def select_session_moderator(session: str, now: datetime) -> Select[Any]:
    """Select the moderator of a session that has not ended, with the session's columns.

    Args:
        session: The session's token. It may be half a session: see the column `complete`.
        now: When sessions must not have ended.
    """
    return (
        SELECT_MODERATOR.add_columns(
            sessions.c.complete, sessions.c.method, sessions.c.browser, sessions.c.moderator_id
        )
        .join(sessions, sessions.c.moderator_id == moderators.c.id)
        .where(
            sessions.c.token_hash == hash_token(session),
            is_running(sessions.c.expires_at, now, LIFE),
            moderators.c.active,
        )
    )


def lock_session_moderator(connection: Connection, session: str, now: datetime) -> Row[Any]:
    """Return the moderator of a whole session, locked until the transaction ends.

    Raises:
        SignedOut: The session has ended, or is half a session.
    """
    query = select_session_moderator(session, now).where(sessions.c.complete).with_for_update()
    row = connection.execute(query).first()
    if row is None:
        raise SignedOut
    return row


def audit_own_action(
    connection: Connection, now: datetime, name: str, action: AuditAction, **after: object
) -> None:
    """Note in the audit log what a moderator did with their own account.

    Args:
        connection: The transaction of the change; this must be its last statement.
        now: When it was done.
        name: The moderator's name.
        action: What was done.
        **after: What the entry says of the state afterwards; nothing if empty.
    """
    entry = AuditEntry(moderator_actor(name), action, moderator_actor(name), after=after or None)
    append_audit(connection, now, entry)
