"""The keys of sites: several for each, by name; only hashes are kept."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, or_

from moderation.audit_chain import OPERATOR, AuditAction, AuditedState, AuditEntry
from moderation.clock import Clock
from moderation.keys import hash_token
from moderation.sites import (
    KeyScope,
    Site,
    SiteKey,
    SiteKeyExists,
    SiteKeyNotFound,
    default_key,
)
from moderation.storage.comments.sites import locked_site
from moderation.storage.database.engine import Database
from moderation.storage.schema.sites import site_keys
from moderation.storage.system.audit_log import append_audit

_EXACT_TO = timedelta(minutes=1)  # the last use: else each comment of a server writes twice


class SiteKeys:
    """The keys that sites' servers submit by."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._noted: dict[int, datetime] = {}  # when this process noted a key's use, by its id

    def make(
        self,
        site_name: str,
        *,
        name: str | None = None,
        scope: KeyScope = KeyScope.SUBMIT,
        by: str = OPERATOR,
    ) -> str:
        """Make a key and return it, this once.

        Args:
            site_name: The site's.
            name: The key's, as `site_key_name` gives it. None makes the default key of its scope:
                an earlier one stops working.
            scope: What it lets its holder do.
            by: Who makes it, as the audit log names them.

        Raises:
            SiteNotFound: No site has this name.
            SiteKeyExists: The site has a key of this name.
        """
        key = _new_key(scope)
        with self._database.write() as connection:
            site = locked_site(connection, site_name)
            if name is None:
                earlier = _key_named(site, default_key(scope))
                connection.execute(site_keys.delete().where(earlier))
            else:
                _check_free(site, name)
            row = {"site_id": site.id, "name": name or default_key(scope), "scope": scope}
            row |= {"key_hash": hash_token(key), "created_at": self._clock()}
            connection.execute(site_keys.insert().values(row))
            after = {"key": row["name"], "scope": scope}
            self._audit(connection, by, AuditAction.SITE_KEY_MADE, site, after=after)
        return key

    def rename(self, site_name: str, name: str, new: str, *, by: str = OPERATOR) -> None:
        """Give a key another name; raises SiteNotFound, SiteKeyNotFound, SiteKeyExists."""
        with self._database.write() as connection:
            site = locked_site(connection, site_name)
            _check_there(site, name)
            if new == name:
                return
            _check_free(site, new)
            connection.execute(site_keys.update().where(_key_named(site, name)).values(name=new))
            states = {"before": {"key": name}, "after": {"key": new}}
            self._audit(connection, by, AuditAction.SITE_KEY_RENAMED, site, **states)

    def revoke(self, site_name: str, name: str, *, by: str = OPERATOR) -> None:
        """Let nobody submit by a key any more; raises SiteNotFound, SiteKeyNotFound."""
        with self._database.write() as connection:
            site = locked_site(connection, site_name)
            _check_there(site, name)
            connection.execute(site_keys.delete().where(_key_named(site, name)))
            before = {"key": name}
            self._audit(connection, by, AuditAction.SITE_KEY_REVOKED, site, before=before)

    def note_use(self, key: SiteKey) -> None:
        """Keep when the key was used last."""
        now = self._clock()
        last = self._noted.get(key.id, key.last_used_at)
        if last is not None and now - last < _EXACT_TO:
            return
        self._noted[key.id] = now
        used = site_keys.c.last_used_at
        is_old = (site_keys.c.id == key.id) & or_(used.is_(None), used <= now - _EXACT_TO)
        with self._database.write() as connection:
            connection.execute(site_keys.update().where(is_old).values(last_used_at=now))

    def _audit(
        self, connection: Connection, by: str, what: AuditAction, site: Site, **states: AuditedState
    ) -> None:
        entry = AuditEntry(by, what, f"site {site.name}", **states)
        append_audit(connection, self._clock(), entry)


def _new_key(scope: KeyScope) -> str:
    """A key; one to score is a label of a host name, in which Akismet's programs carry it."""
    if scope is KeyScope.SCORE:
        return secrets.token_hex(24)
    return f"parley_{secrets.token_urlsafe(24)}"


def _key_named(site: Site, name: str) -> ColumnElement[bool]:
    return (site_keys.c.site_id == site.id) & (site_keys.c.name == name)


def _check_there(site: Site, name: str) -> None:
    if name not in {key.name for key in site.keys}:
        raise SiteKeyNotFound(name)


def _check_free(site: Site, name: str) -> None:
    if name in {key.name for key in site.keys}:
        sentence = f"the site {site.name} has a key of this name already"
        raise SiteKeyExists(sentence)
