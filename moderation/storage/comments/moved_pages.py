"""Give a page another key, with its comments, when its article moved."""

from typing import Any

from sqlalchemy import Connection, Row, select

from moderation.audit_chain import OPERATOR, AuditAction, AuditEntry
from moderation.clock import Clock
from moderation.pages.page_claims import PageClaim, PageNotFound, proven_address
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments
from moderation.storage.schema.rules import rule_versions
from moderation.storage.schema.sites import pages
from moderation.storage.schema.threads import threads
from moderation.storage.system.audit_log import append_audit


class MovedPages:
    """Pages that get another key."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def move(self, site: Site, old: str, new: str, *, by: str = OPERATOR) -> int:
        """Move the comments of a page to another key, under which there may be comments already.

        The old key leads to the new one from now on.

        Returns:
            How many comments were moved.

        Raises:
            PageNotFound: The site has no page `old`.
        """
        with self._database.write() as connection:
            source = self._page(connection, site, old)
            if source is None:
                raise PageNotFound(old)
            target = self._locked(connection, site, new) or self._add(connection, site, new)
            if source.id == target.id:
                return 0
            number = self._move(connection, source, target)
            subject, before, after = f"site {site.name}", {"page": old}, {"page": new}
            entry = AuditEntry(by, AuditAction.PAGE_MOVED, subject, before, after)
            append_audit(connection, self._clock(), entry)
            return number

    def beginning_with(self, site: Site, beginning: str) -> list[str]:
        """Return the keys of the site's pages that begin so; not of those that were moved."""
        query = select(pages.c.key).where(
            pages.c.site_id == site.id,
            pages.c.moved_to.is_(None),
            pages.c.key.startswith(beginning, autoescape=True),
        )
        with self._database.read() as connection:
            keys = connection.execute(query.order_by(pages.c.key)).scalars()
            # SQLite's LIKE takes upper and lower case for the same.
            return [key for key in keys if key.startswith(beginning)]

    def _page(self, connection: Connection, site: Site, key: str) -> Row[Any] | None:
        """The page with its comments: where an earlier move left them."""
        row = self._locked(connection, site, key)
        if row is None or row.moved_to is None:
            return row
        query = select(pages).where(pages.c.id == row.moved_to).with_for_update()
        return connection.execute(query).one()

    def _locked(self, connection: Connection, site: Site, key: str) -> Row[Any] | None:
        query = select(pages).where(pages.c.site_id == site.id, pages.c.key == key)
        return connection.execute(query.with_for_update()).first()

    def _add(self, connection: Connection, site: Site, key: str) -> Row[Any]:
        url = proven_address(site.origins, PageClaim(key))
        row = {"site_id": site.id, "key": key, "url": url, "approved": 0, "revision": 0}
        statement = pages.insert().values(**row).returning(*pages.c)
        return connection.execute(statement).one()

    def _move(self, connection: Connection, source: Row[Any], target: Row[Any]) -> int:
        place = comments.update().where(comments.c.page_id == source.id)
        number = connection.execute(place.values(page_id=target.id)).rowcount
        moved = threads.update().where(threads.c.page_id == source.id)
        connection.execute(moved.values(page_id=target.id))
        own_rules = rule_versions.update().where(rule_versions.c.page_id == source.id)
        connection.execute(own_rules.values(page_id=target.id))
        earlier = pages.update().where(pages.c.moved_to == source.id)
        connection.execute(earlier.values(moved_to=target.id))
        emptied = {"moved_to": target.id, "approved": 0, "revision": source.revision + 1}
        approved = source.approved + (target.approved if target.moved_to is None else 0)
        filled = {
            "moved_to": None,
            "approved": approved,
            "revision": max(source.revision, target.revision) + 1,
            "check_at": self._clock(),
        }
        for row, values in ((source, emptied), (target, filled)):
            connection.execute(pages.update().where(pages.c.id == row.id).values(values))
        return number
