"""Change what moderators may do and where; an active admin always stays."""

from collections.abc import Iterable

from sqlalchemy import Connection, Select, select

from moderation.accounts.moderators import AlreadyActive, LastAdmin, Role
from moderation.audit_chain import OPERATOR, AuditAction, AuditedState, AuditEntry
from moderation.clock import Clock
from moderation.sites import SiteNotFound
from moderation.storage.accounts.moderator_names import id_of_name
from moderation.storage.accounts.sign_in_links import link_made, replace_link
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
from moderation.storage.system.audit_log import append_audit, moderator_by_id

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
            changes = _changes(connection, moderator_id, before, by)
            append_audit(connection, self._clock(), *changes)

    def deactivate(self, name: str, *, by: str = OPERATOR) -> None:
        """Let a moderator in no more; who is signed in is signed out at once.

        Raises:
            ModeratorNotFound: No moderator has this name.
            LastAdmin: No active admin would be left.
        """
        with self._database.write() as connection:
            moderator_id = _lock(connection, name)
            before = state_of(connection, moderator_id)
            _update(connection, moderator_id, {"active": False, **CLEARED_CREDENTIALS})
            revoke_all_access(connection, moderator_id)
            changes = _changes(connection, moderator_id, before, by)
            append_audit(connection, self._clock(), *changes)

    def activate(self, name: str, *, by: str = OPERATOR) -> str:
        """Let in again who was deactivated.

        Returns:
            The token of a new sign-in link.

        Raises:
            ModeratorNotFound: No moderator has this name.
            AlreadyActive: They can sign in, or were sent a link to do it.
        """
        with self._database.write() as connection:
            moderator_id = _lock(connection, name)
            before = state_of(connection, moderator_id)
            if before["active"]:
                raise AlreadyActive
            token = replace_link(connection, self._clock(), moderator_id, active=True)
            changes = _changes(connection, moderator_id, before, by)
            append_audit(
                connection, self._clock(), *changes, link_made(connection, moderator_id, by)
            )
        return token


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
    for table in (sessions, recovery_codes):
        connection.execute(table.delete().where(table.c.moderator_id == moderator_id))
    revoke_programs(connection, moderator_id)


def revoke_programs(connection: Connection, moderator_id: int) -> None:
    """Delete what programs act or read by in the moderator's name: API tokens and the feed."""
    for table in (api_tokens, feeds):
        connection.execute(table.delete().where(table.c.moderator_id == moderator_id))


def _changes(
    connection: Connection, moderator_id: int, before: AuditedState, by: str
) -> list[AuditEntry]:
    """The entry for what a moderator has become, if anything; raises LastAdmin."""
    if connection.execute(_active_admins()).first() is None:
        raise LastAdmin
    after = state_of(connection, moderator_id)
    subject = moderator_by_id(connection, moderator_id)
    return [] if after == before else [AuditEntry(by, _CHANGED, subject, before, after)]


def _active_admins() -> Select[tuple[int]]:
    is_admin = (moderators.c.role == Role.ADMIN) & moderators.c.active
    return select(moderators.c.id).where(is_admin).order_by(moderators.c.id)


def _lock(connection: Connection, name: str) -> int:
    """The moderator's id; raises ModeratorNotFound."""
    # With all admins locked: of two who demote each other at once, the second sees the first.
    connection.execute(_active_admins().with_for_update()).all()
    return id_of_name(connection, name)


def _update(connection: Connection, moderator_id: int, values: dict[str, object]) -> None:
    statement = moderators.update().where(moderators.c.id == moderator_id)
    connection.execute(statement.values(values))
