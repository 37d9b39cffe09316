"""Sites and their keys."""

import dataclasses
import secrets
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.exc import IntegrityError

from moderation.audit_chain import OPERATOR, AuditAction, AuditEntry
from moderation.clock import Clock
from moderation.keys import hash_token
from moderation.policy import SitePolicy
from moderation.sites import Site, SiteExists, SiteNotFound
from moderation.storage.database.engine import Database
from moderation.storage.schema.sites import sites
from moderation.storage.system.audit_log import append_audit

# Built once: to build a statement costs as much as to run it.
_BY_NAME = select(sites).where(sites.c.name == bindparam("name"))


class Sites:
    """The websites that take comments here."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, site: Site, *, by: str = OPERATOR) -> Site:
        """Store a new site (its id is not looked at); raises SiteExists."""
        statement = sites.insert().values(
            name=site.name,
            title=site.title,
            origins=list(site.origins),
            policy=dataclasses.asdict(site.policy),
            max_text=site.max_text,
            created_at=self._clock(),
        )
        try:
            with self._database.write() as connection:
                connection.execute(statement)
                entry = AuditEntry(
                    by, AuditAction.SITE_ADDED, f"site {site.name}", after=_state_of(site)
                )
                append_audit(connection, self._clock(), entry)
        except IntegrityError as error:
            sentence = f"there is a site {site.name} already"
            raise SiteExists(sentence) from error
        return self.get(site.name)

    def get(self, name: str) -> Site:
        """The site with this name; raises SiteNotFound."""
        with self._database.read() as connection:
            row = connection.execute(_BY_NAME, {"name": name}).first()
        if row is None:
            raise SiteNotFound(name)
        return _to_site(row)

    def all(self) -> list[Site]:
        """Every site, by name."""
        with self._database.read() as connection:
            return sites_of(connection)

    def set_origins(self, name: str, origins: tuple[str, ...], *, by: str = OPERATOR) -> None:
        """Change where browsers may submit from; raises SiteNotFound."""
        self._change(name, lambda site: dataclasses.replace(site, origins=origins), by)

    def set_rejection(
        self, name: str, attribute: str, threshold: float | None, *, by: str = OPERATOR
    ) -> None:
        """Reject unseen from this score for the attribute up; None: nothing any more for it.

        Raises:
            SiteNotFound: No site has this name.
            InvalidThreshold: There is no such attribute, or the threshold is no score.
        """

        def changed(site: Site) -> Site:
            policy = site.policy.with_rejection(attribute, threshold)
            return dataclasses.replace(site, policy=policy)

        self._change(name, changed, by)

    def _change(self, name: str, changed: Callable[[Site], Site], by: str) -> None:
        """Change a site as it is in the transaction, and tell the audit log."""
        by_name = sites.c.name == name
        with self._database.write() as connection:
            row = connection.execute(select(sites).where(by_name).with_for_update()).first()
            if row is None:
                raise SiteNotFound(name)
            before = _to_site(row)
            after = changed(before)
            if after == before:
                return
            values = {"origins": list(after.origins), "policy": dataclasses.asdict(after.policy)}
            connection.execute(sites.update().where(by_name).values(values))
            states = (_state_of(before), _state_of(after))
            entry = AuditEntry(by, AuditAction.SITE_CHANGED, f"site {name}", *states)
            append_audit(connection, self._clock(), entry)

    def new_key(self, name: str, *, by: str = OPERATOR) -> str:
        """A new key for the site's servers; the old one stops working. Only its hash is kept.

        Raises SiteNotFound.
        """
        key = f"parley_{secrets.token_urlsafe(24)}"
        statement = sites.update().where(sites.c.name == name).values(key_hash=hash_token(key))
        with self._database.write() as connection:
            if connection.execute(statement).rowcount != 1:
                raise SiteNotFound(name)
            entry = AuditEntry(by, AuditAction.SITE_KEY_MADE, f"site {name}")
            append_audit(connection, self._clock(), entry)
        return key


def sites_of(connection: Connection) -> list[Site]:
    """Return every site, by name."""
    return [_to_site(row) for row in connection.execute(select(sites).order_by("name"))]


def _state_of(site: Site) -> dict[str, object]:
    return {
        "title": site.title,
        "origins": list(site.origins),
        "policy": dataclasses.asdict(site.policy),
        "max_text": site.max_text,
    }


def _to_site(row: Row[Any]) -> Site:
    return Site(
        id=row.id,
        name=row.name,
        title=row.title,
        origins=tuple(row.origins),
        policy=SitePolicy(**row.policy),
        max_text=row.max_text,
        key_hash=row.key_hash,
    )
