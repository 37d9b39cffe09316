"""The rules of sites and pages in versions: the newest is in force, and any can come back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from moderation.audit_chain import OPERATOR, AuditAction, AuditEntry
from moderation.clock import Clock
from moderation.pages.page_claims import PageClaim
from moderation.rules.document import as_audited, as_document, changes_of, document_of, stored
from moderation.rules.site_rules import NO_RULES
from moderation.sites import Site
from moderation.storage.comments.sites import locked_site
from moderation.storage.comments.submitted_pages import SubmittedPages
from moderation.storage.database.engine import Database
from moderation.storage.schema.rules import of_page, rule_versions
from moderation.storage.schema.sites import pages
from moderation.storage.system.audit_log import append_audit

Document = Mapping[str, Any]


class NoFormerRules(LookupError):
    """There is no version before the one in force."""


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """A version: all rules of a site, or what a page has of its own."""

    id: int
    document: Document
    made_at: datetime
    made_by: str


class RuleVersions:
    """The versions of all sites; each method takes a site, and the key of a page or None."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def newest(self, site: Site, page: str | None = None, *, limit: int = 20) -> list[RuleVersion]:
        """Return at most so many versions; the first is in force."""
        with self._database.read() as connection:
            return _newest(connection, _of(site, page), limit)

    def change(
        self, site_name: str, document: Document, page: str | None = None, *, by: str = OPERATOR
    ) -> None:
        """Put rules in force, unless they are already.

        Args:
            site_name: The site's.
            document: Of a site all its rules: what is left out is by default. Of a page what it
                changes of them.
            page: Its key, where the rules are of a page alone.
            by: Who does it, as the audit log names them.

        Raises:
            InvalidRules: The document cannot be rules.
            SiteNotFound: No site has this name.
        """
        changes = changes_of(document)
        whole = as_document(changes) if page else document_of(NO_RULES.changed(changes))
        with self._database.write() as connection:
            site = locked_site(connection, site_name)
            self._put(connection, (site, page), whole, by)

    def former(self, site: Site, page: str | None = None) -> Document:
        """Return the rules that were in force before the newest change.

        Raises:
            NoFormerRules: They were never changed.
        """
        versions = self.newest(site, page, limit=2)
        if not versions:
            sentence = "nothing to take back: these rules were never changed"
            raise NoFormerRules(sentence)
        return versions[1].document if len(versions) > 1 else _none(page)

    def in_force(self, site: Site, page: str | None = None) -> Document:
        """Return all rules of a site, or what a page changes of them: nothing at first."""
        versions = self.newest(site, page, limit=1)
        return versions[0].document if versions else _none(page)

    def pages_with_own(self, site: Site, *, limit: int = 50) -> list[str]:
        """Return the keys of pages that change something of their site's rules, newest first."""
        newest = select(func.max(rule_versions.c.id)).where(
            of_page, rule_versions.c.site_id == site.id
        )
        query = (
            select(pages.c.key)
            .join(rule_versions, rule_versions.c.page_id == pages.c.id)
            .where(
                rule_versions.c.id.in_(newest.group_by(rule_versions.c.page_id)),
                rule_versions.c.document != stored({}),
            )
            .order_by(rule_versions.c.id.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())

    def _put(
        self, connection: Connection, place: tuple[Site, str | None], whole: Document, by: str
    ) -> None:
        site, page = place
        versions, now = _newest(connection, _of(site, page), 1), self._clock()
        before = versions[0].document if versions else _none(page)
        if before == whole:
            return
        page_id = page and SubmittedPages(connection).find_or_add(site, PageClaim(page), now)
        row = {"site_id": site.id, "page_id": page_id, "document": stored(whole)}
        connection.execute(rule_versions.insert().values(**row, made_at=now, made_by=by))
        named = {"page": page} if page else {}
        states = ({**named, **as_audited(document)} for document in (before, whole))
        entry = AuditEntry(by, AuditAction.RULES_CHANGED, f"site {site.name}", *states)
        append_audit(connection, now, entry)


def _none(page: str | None) -> Document:
    """What is in force where nothing was ever changed."""
    return {} if page else document_of(NO_RULES)


def _of(site: Site, page: str | None) -> ColumnElement[bool]:
    own = rule_versions.c.site_id == site.id
    if page is None:
        return and_(own, rule_versions.c.page_id.is_(None))
    named = pages.alias("named")
    of_key = and_(named.c.site_id == site.id, named.c.key == page)
    known = select(pages.c.id).join(named, pages.c.id.in_((named.c.id, named.c.moved_to)))
    is_target = pages.c.moved_to.is_(None)
    return and_(own, rule_versions.c.page_id.in_(known.where(of_key, is_target)))


def _newest(connection: Connection, of_place: ColumnElement[bool], limit: int) -> list[RuleVersion]:
    query = select(rule_versions).where(of_place).order_by(rule_versions.c.id.desc()).limit(limit)
    return [
        RuleVersion(row.id, json.loads(row.document), row.made_at, row.made_by)
        for row in connection.execute(query)
    ]
