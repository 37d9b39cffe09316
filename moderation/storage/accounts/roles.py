"""Change what moderators may do and where; an active admin always stays."""

from collections.abc import Iterable

from sqlalchemy import Connection, Select, select

from moderation.accounts.moderators import LastAdmin, ModeratorNotFound, Role
from moderation.audit_chain import OPERATOR, AuditAction, AuditedState, AuditEntry, moderator_actor
from moderation.clock import Clock
from moderation.sites import SiteNotFound
from moderation.storage.database.engine import Database
from moderation.storage.schema.accounts import (
    api_tokens,
    moderator_sites,
    moderators,
    recovery_codes,
    sessions,
)
from moderation.storage.schema.notifications import feeds
from moderation.storage.schema.sites import sites
from moderation.storage.system.audit_log import append_audit

# What a row of moderators holds when the moderator can sign in by nothing.
CLEARED_CREDENTIALS: dict[str, object] = {
    "password_hash": None,
    "link_hash": None,
    "link_until": None,
    "totp_salt": None,
    "totp_since": None,
}
_CHANGED = AuditAction.MODERATOR_CHANGED


class Roles:
    """What each moderator may do."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def set_role(
        self, name: str, role: Role, *, sites: Iterable[str] | None = None, by: str = OPERATOR
    ) -> None:
        """Give a moderator another role.

        Args:
            name: The moderator's name.
            role: The new role.
            sites: The names of the sites it is for; None means every one.
            by: Who does it, as the audit log says it.

        Raises:
            ModeratorNotFound: No moderator has this name.
            SiteNotFound: No site has one of the names.
            LastAdmin: No active admin would be left.
        """
        with self._database.write() as connection:
            moderator_id = _lock(connection, name)
            before = state_of(connection, moderator_id)
            _update(connection, moderator_id, {"role": role})
            set_sites(connection, moderator_id, sites)
            self._note(
                connection, moderator_id, before, AuditEntry(by, _CHANGED, moderator_actor(name))
            )

    def set_active(self, name: str, active: bool, *, by: str = OPERATOR) -> None:
        """Deactivate a moderator, who is signed out at once, or activate them again.

        One who is activated needs a new sign-in link.

        Raises:
            ModeratorNotFound: No moderator has this name.
            LastAdmin: No active admin would be left.
        """
        with self._database.write() as connection:
            moderator_id = _lock(connection, name)
            before = state_of(connection, moderator_id)
            _update(connection, moderator_id, {"active": active})
            if not active:
                _update(connection, moderator_id, CLEARED_CREDENTIALS)
                revoke_all_access(connection, moderator_id)
            self._note(
                connection, moderator_id, before, AuditEntry(by, _CHANGED, moderator_actor(name))
            )

    def _note(
        self, connection: Connection, moderator_id: int, before: AuditedState, entry: AuditEntry
    ) -> None:
        if connection.execute(_active_admins()).first() is None:
            raise LastAdmin
        after = state_of(connection, moderator_id)
        if after != before:
            note = AuditEntry(entry.actor, entry.action, entry.subject, before, after)
            append_audit(connection, self._clock(), note)


def state_of(connection: Connection, moderator_id: int) -> AuditedState:
    """Return role, sites and activity of a moderator, as the audit log has them."""
    row = connection.execute(select(moderators).where(moderators.c.id == moderator_id)).one()
    query = (
        select(sites.c.name)
        .join(moderator_sites)
        .where(moderator_sites.c.moderator_id == moderator_id)
    )
    names = sorted(connection.execute(query).scalars())
    return {
        "role": row.role,
        "sites": "every one" if row.every_site else names,
        "active": row.active,
    }


def set_sites(connection: Connection, moderator_id: int, names: Iterable[str] | None) -> None:
    """Limit a moderator to these sites; None means every one. Raises SiteNotFound."""
    earlier = moderator_sites.c.moderator_id == moderator_id
    connection.execute(moderator_sites.delete().where(earlier))
    _update(connection, moderator_id, {"every_site": names is None})
    for name in sorted(set(names or ())):
        site_id = connection.execute(select(sites.c.id).where(sites.c.name == name)).scalar()
        if site_id is None:
            raise SiteNotFound(name)
        row = {"moderator_id": moderator_id, "site_id": site_id}
        connection.execute(moderator_sites.insert().values(row))


def revoke_all_access(connection: Connection, moderator_id: int) -> None:
    """Delete the moderator's sessions, API tokens, feeds and recovery codes."""
    for table in (sessions, recovery_codes, api_tokens, feeds):
        connection.execute(table.delete().where(table.c.moderator_id == moderator_id))


def _active_admins() -> Select[tuple[int]]:
    is_admin = (moderators.c.role == Role.ADMIN) & moderators.c.active
    return select(moderators.c.id).where(is_admin).order_by(moderators.c.id)


def _lock(connection: Connection, name: str) -> int:
    """The moderator's id; raises ModeratorNotFound."""
    # With all admins locked: of two who demote each other at once, the second sees the first.
    connection.execute(_active_admins().with_for_update()).all()
    query = select(moderators.c.id).where(moderators.c.name == name).with_for_update()
    moderator_id = connection.execute(query).scalar()
    if moderator_id is None:
        raise ModeratorNotFound(name)
    return int(moderator_id)


def _update(connection: Connection, moderator_id: int, values: dict[str, object]) -> None:
    statement = moderators.update().where(moderators.c.id == moderator_id)
    connection.execute(statement.values(values))
