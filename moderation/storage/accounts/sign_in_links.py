"""Sign-in links: each opens one session, within a day; each is noted in the audit log."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection

from moderation.audit_chain import AuditAction, AuditEntry
from moderation.keys import hash_token
from moderation.storage.schema.accounts import moderators
from moderation.storage.system.audit_log import moderator_by_id

LINK_LIFE = timedelta(hours=24)


def replace_link(connection: Connection, now: datetime, moderator_id: int, **values: object) -> str:
    """Give a moderator a sign-in link in place of an earlier one.

    Args:
        connection: The transaction, which must also append `link_made`.
        now: The link's life begins here.
        moderator_id: Whose.
        **values: What else changes in the moderator's row.

    Returns:
        The link's token, of which only a hash is kept.
    """
    token = secrets.token_urlsafe(32)
    link = {"link_hash": hash_token(token), "link_until": now + LINK_LIFE}
    statement = moderators.update().where(moderators.c.id == moderator_id)
    connection.execute(statement.values(values | link))
    return token


def link_made(connection: Connection, moderator_id: int, by: str) -> AuditEntry:
    """Return the entry for a link: who made it, and for whom."""
    return AuditEntry(by, AuditAction.SIGN_IN_LINK_MADE, moderator_by_id(connection, moderator_id))
