"""Moderators: who they are, and the links by which they first sign in."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
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
)
from moderation.audit_chain import OPERATOR, AuditAction, AuditEntry, moderator_actor
from moderation.clock import Clock
from moderation.keys import hash_token
from moderation.storage.accounts.roles import (
    CLEARED_CREDENTIALS,
    revoke_all_access,
    set_sites,
    state_of,
)
from moderation.storage.database.engine import Database
from moderation.storage.schema.accounts import moderator_sites, moderators
from moderation.storage.schema.sites import sites
from moderation.storage.system.audit_log import append_audit

LINK_LIFE = timedelta(hours=24)

_site_names = (
    select(func.aggregate_strings(sites.c.name, ","))
    .select_from(moderator_sites.join(sites))
    .where(moderator_sites.c.moderator_id == moderators.c.id)
    .scalar_subquery()
    .label("site_names")
)
SELECT_MODERATOR = select(moderators, _site_names)


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
        try:
            with self._database.write() as connection:
                role = _first_is_admin(connection, role)
                moderator_id = self._insert(connection, name, role, email)
                set_sites(connection, moderator_id, sites)
                after = state_of(connection, moderator_id)
                entry = AuditEntry(
                    by, AuditAction.MODERATOR_ADDED, moderator_actor(name), after=after
                )
                append_audit(connection, self._clock(), entry)
        except IntegrityError as error:
            sentence = f"there is a moderator {name} already, or one with this e-mail address"
            raise ModeratorExists(sentence) from error
        return self.get(name)

    def get(self, name: str) -> Moderator:
        """Return the moderator with this name; raises ModeratorNotFound."""
        return self._one(moderators.c.name == name)

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

    def new_link(self, name: str) -> str:
        """Make a sign-in link in place of an earlier one, and return its token.

        It works once, within LINK_LIFE; raises ModeratorNotFound.
        """
        token = secrets.token_urlsafe(32)
        with self._database.write() as connection:
            _change(connection, name, self._link(token))
        return token

    def reset(self, name: str, *, by: str = OPERATOR) -> str:
        """Sign a moderator out, clear password, second factor, feeds and API tokens.

        Returns:
            The token of a new sign-in link.

        Raises:
            ModeratorNotFound: No moderator has this name.
        """
        token = secrets.token_urlsafe(32)
        with self._database.write() as connection:
            moderator_id = _change(connection, name, {**CLEARED_CREDENTIALS, **self._link(token)})
            revoke_all_access(connection, moderator_id)
            append_audit(
                connection,
                self._clock(),
                AuditEntry(by, AuditAction.MODERATOR_RESET, moderator_actor(name)),
            )
        return token

    def password_hash(self, name: str) -> str | None:
        """Return the hash of the moderator's password; None for no such name and no password."""
        query = select(moderators.c.password_hash).where(moderators.c.name == name)
        with self._database.read() as connection:
            return connection.execute(query).scalar()

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
            active=True,
            created_at=self._clock(),
            role=role,
            every_site=True,
            email=email,
            totp_step=0,
        )
        return int(connection.execute(statement.returning(moderators.c.id)).scalar_one())

    def _link(self, token: str) -> dict[str, object]:
        return {"link_hash": hash_token(token), "link_until": self._clock() + LINK_LIFE}


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


def _change(connection: Connection, name: str, values: dict[str, object]) -> int:
    statement = moderators.update().where(moderators.c.name == name).values(values)
    moderator_id = connection.execute(statement.returning(moderators.c.id)).scalar()
    if moderator_id is None:
        raise ModeratorNotFound(name)
    return int(moderator_id)
