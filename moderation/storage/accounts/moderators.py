"""Moderators: who they are, and the links by which they first sign in."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.exc import IntegrityError

from moderation.accounts.email_addresses import same_mailbox
from moderation.accounts.moderators import (
    LastAdmin,
    Moderator,
    ModeratorExists,
    ModeratorNotFound,
    Role,
    name_key,
)
from moderation.audit_chain import OPERATOR, AuditAction, AuditEntry, moderator_actor
from moderation.clock import Clock
from moderation.storage.accounts.moderator_names import has_name, id_of_name, name_is_taken
from moderation.storage.accounts.roles import (
    CLEARED_CREDENTIALS,
    revoke_all_access,
    set_sites,
    state_of,
)
from moderation.storage.accounts.sign_in_links import link_made, replace_link
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import Database
from moderation.storage.schema.accounts import moderator_sites, moderators
from moderation.storage.schema.sites import sites
from moderation.storage.system.audit_log import append_audit

_site_names = (
    select(func.aggregate_strings(sites.c.name, ","))
    .select_from(moderator_sites.join(sites))
    .where(moderator_sites.c.moderator_id == moderators.c.id)
    .scalar_subquery()
    .label("site_names")
)
SELECT_MODERATOR = select(moderators, _site_names)
_NAMES = DriverStatement(select(moderators.c.name))


class Moderators:
    """All moderators, each known by a name as `moderator_name` returns it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(
        self,
        name: str,
        role: Role | None = None,
        *,
        sites: Iterable[str] | None = None,
        email: str | None = None,
        by: str = OPERATOR,
    ) -> Moderator:
        """Add a moderator, without a password yet.

        Args:
            name: As `moderator_name` returns it.
            role: None means admin for the first one, moderator for every other.
            sites: The names of the sites it is for; None means every one.
            email: As `moderator_email` returns it.
            by: Who does it, as the audit log says it.

        Raises:
            ModeratorExists: A moderator has this name or address.
            SiteNotFound: No site has one of the names.
            LastAdmin: The first one would not be an admin.
        """
        sentence = f"there is a moderator {name} already, or one with this e-mail address"
        try:
            with self._database.write() as connection:
                if name_is_taken(connection, name):
                    raise ModeratorExists(sentence)
                role = _first_is_admin(connection, role)
                moderator_id = self._insert(connection, name, role, email)
                set_sites(connection, moderator_id, sites)
                after = state_of(connection, moderator_id)
                entry = AuditEntry(
                    by, AuditAction.MODERATOR_ADDED, moderator_actor(name), after=after
                )
                append_audit(connection, self._clock(), entry)
        except IntegrityError as error:
            raise ModeratorExists(sentence) from error
        return self.get(name)

    def get(self, name: str) -> Moderator:
        """Return the moderator with this name; raises ModeratorNotFound."""
        return self._one(has_name(name))

    def by_email(self, address: str) -> Moderator:
        """Return the active moderator with this e-mail address, or named by it.

        Raises:
            ModeratorNotFound: There is none.
        """
        spellings = same_mailbox(address)
        named = moderators.c.email.is_(None) & moderators.c.name.in_(spellings)
        return self._one((moderators.c.email.in_(spellings) | named) & moderators.c.active)

    def all(self) -> list[Moderator]:
        """Return every moderator, by name."""
        query = SELECT_MODERATOR.order_by(moderators.c.name)
        with self._database.read() as connection:
            return [to_moderator(row) for row in connection.execute(query)]

    def names(self) -> list[str]:
        """The name of every moderator, also of those who are not let in any more."""
        with self._database.read() as connection:
            return [row.name for row in _NAMES.all(connection, {})]

    def new_link(self, name: str, *, by: str = OPERATOR) -> str:
        """Make a sign-in link for who was just added, and return its token.

        It works once, within LINK_LIFE; raises ModeratorNotFound.
        """
        with self._database.write() as connection:
            moderator_id = id_of_name(connection, name)
            token = replace_link(connection, self._clock(), moderator_id)
            append_audit(connection, self._clock(), link_made(connection, moderator_id, by))
        return token

    def reset(self, name: str, *, by: str = OPERATOR) -> str:
        """Sign a moderator out, clear password, second factor, feeds and API tokens.

        Returns:
            The token of a new sign-in link.

        Raises:
            ModeratorNotFound: No moderator has this name.
        """
        with self._database.write() as connection:
            moderator_id = id_of_name(connection, name)
            token = replace_link(connection, self._clock(), moderator_id, **CLEARED_CREDENTIALS)
            revoke_all_access(connection, moderator_id)
            link = link_made(connection, moderator_id, by)
            reset = AuditEntry(by, AuditAction.MODERATOR_RESET, link.subject)
            append_audit(connection, self._clock(), reset, link)
        return token

    def password(self, name: str) -> tuple[str, str | None] | None:
        """Return the moderator's name as it is stored, and the hash of their password.

        Returns:
            None where there is no such moderator.
        """
        query = select(moderators.c.name, moderators.c.password_hash).where(has_name(name))
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else (row.name, row.password_hash)

    def _one(self, which: Any) -> Moderator:
        query = SELECT_MODERATOR.where(which).order_by(moderators.c.email.is_(None))
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise ModeratorNotFound
        return to_moderator(row)

    def _insert(self, connection: Connection, name: str, role: Role, email: str | None) -> int:
        statement = moderators.insert().values(
            name=name,
            name_key=name_key(name),
            active=True,
            created_at=self._clock(),
            role=role,
            every_site=True,
            email=email,
            totp_step=0,
        )
        return int(connection.execute(statement.returning(moderators.c.id)).scalar_one())


def to_moderator(row: Row[Any]) -> Moderator:
    """Return the moderator in a row of SELECT_MODERATOR."""
    names = (row.site_names or "").split(",")
    return Moderator(
        id=row.id,
        name=row.name,
        has_password=row.password_hash is not None,
        created_at=row.created_at,
        role=Role(row.role),
        sites=None if row.every_site else frozenset(filter(None, names)),
        active=row.active,
        has_second_factor=row.totp_since is not None,
        email=row.email,
    )


def _first_is_admin(connection: Connection, role: Role | None) -> Role:
    is_first = connection.execute(select(moderators.c.id).limit(1)).first() is None
    if is_first and role not in (None, Role.ADMIN):
        raise LastAdmin
    return role or (Role.ADMIN if is_first else Role.MODERATOR)
