"""Remove a site with everything that is stored for it; say beforehand what that is."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, func, select

from moderation.audit_chain import OPERATOR, AuditAction, AuditEntry
from moderation.clock import Clock
from moderation.sites import Site
from moderation.storage.comments.search_index import is_found_by, remove_rows
from moderation.storage.comments.sites import locked_site, state_of
from moderation.storage.database.engine import Database
from moderation.storage.database.overwriting import overwrite_erased
from moderation.storage.schema.accounts import moderator_sites, moderators
from moderation.storage.schema.comments import comments
from moderation.storage.schema.decisions import bulks
from moderation.storage.schema.sites import pages, site_keys, sites
from moderation.storage.sites.rows_below import rows_below
from moderation.storage.system.audit_log import append_audit
from moderation.text.search_terms import own_words, page_word, place_words

_BATCH = 500  # comments in one transaction: others write between them


@dataclass(frozen=True, slots=True)
class SiteContents:
    """What goes with a site.

    Attributes:
        rows: How many rows by table, those without any left out.
        moderators: Who may see this site and no other: they see none afterwards.
    """

    rows: dict[str, int]
    moderators: tuple[str, ...]


class SiteRemoval:
    """Removes sites."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def contents(self, name: str) -> SiteContents:
        """What `remove` would delete beside the site's settings; raises SiteNotFound."""
        with self._database.write() as connection:
            site = locked_site(connection, name)
            rows = {
                table.name: connection.execute(
                    select(func.count()).select_from(table).where(condition)
                ).scalar_one()
                for table, condition in rows_below(sites, sites.c.id == site.id)
                if table is not sites
            }
            whose = _limited_to(connection, site)
        return SiteContents({name: number for name, number in rows.items() if number}, whose)

    def remove(self, name: str, *, by: str = OPERATOR) -> None:
        """Delete the site. It takes no comment from the beginning on.

        Comments go in several transactions. What is interrupted goes on when it is called again.

        Raises:
            SiteNotFound: No site has this name.
        """
        with self._database.write() as connection:
            site = locked_site(connection, name)
            self._close(connection, site, by)
        newest = None
        while newest != 0:
            with self._database.write() as connection:
                newest = _remove_comments(connection, site, newest)
        with self._database.write() as connection:
            self._remove_rest(connection, name, by)
        overwrite_erased(self._database)

    def _close(self, connection: Connection, site: Site, by: str) -> None:
        """Let nobody submit any more, and say so in the audit log."""
        if not site.origins and not site.keys:
            return
        closed = sites.update().where(sites.c.id == site.id).values(origins=[])
        connection.execute(closed)
        connection.execute(site_keys.delete().where(site_keys.c.site_id == site.id))
        states = (state_of(site), state_of(replace(site, origins=())))
        entry = AuditEntry(by, AuditAction.SITE_CHANGED, f"site {site.name}", *states)
        append_audit(connection, self._clock(), entry)

    def _remove_rest(self, connection: Connection, name: str, by: str) -> None:
        site = locked_site(connection, name)  # from here on no comment can be added
        newest = None
        while newest != 0:
            newest = _remove_comments(connection, site, newest)
        before = {**state_of(site), "moderators": list(_limited_to(connection, site))}
        _forget_in_bulks(connection, name)
        for table, condition in rows_below(sites, sites.c.id == site.id):
            connection.execute(delete(table).where(condition))
        entry = AuditEntry(by, AuditAction.SITE_REMOVED, f"site {name}", before)
        append_audit(connection, self._clock(), entry)


def _remove_comments(connection: Connection, site: Site, before: int | None) -> int:
    """Remove the newest of the site's comments, answers so before what they answer.

    Returns:
        The id of the oldest of them, before which to go on; 0 when there is none.
    """
    columns = (comments.c.id, comments.c.page_id, comments.c.name, comments.c.text)
    query = select(*columns).where(comments.c.site_id == site.id)
    if before is not None:
        query = query.where(comments.c.id < before)
    # Locked: a worker or moderator who decides one of them now is waited for.
    query = query.order_by(comments.c.id.desc()).limit(_BATCH).with_for_update()
    rows = connection.execute(query).all()
    if not rows:
        return 0
    words = [(row.id, _words(connection, site, row)) for row in rows]
    remove_rows(connection, words)
    for table, condition in rows_below(comments, comments.c.id.in_([row.id for row in rows])):
        connection.execute(delete(table).where(condition))
    return int(rows[-1].id)


def _words(connection: Connection, site: Site, row: Any) -> list[str]:
    """The words of a comment as the index has them: with the page that it came in under."""
    moved_here = select(pages.c.id).where(pages.c.moved_to == row.page_id)
    earlier = connection.execute(moved_here).scalars()
    page_ids = [page for page in earlier if is_found_by(connection, row.id, page_word(page))]
    place = place_words(site.id, page_ids[0] if page_ids else row.page_id)
    return [*own_words(row.name, row.text), *place]


def _limited_to(connection: Connection, site: Site) -> tuple[str, ...]:
    """The names of who may see this site and no other."""
    own = select(moderator_sites.c.moderator_id).where(moderator_sites.c.site_id == site.id)
    others = select(moderator_sites.c.moderator_id).where(moderator_sites.c.site_id != site.id)
    query = select(moderators.c.name).where(
        moderators.c.id.in_(own), moderators.c.id.not_in(others), ~moderators.c.every_site
    )
    return tuple(connection.execute(query.order_by(moderators.c.name)).scalars())


def _forget_in_bulks(connection: Connection, name: str) -> None:
    """A later site of this name must not see what was decided together on this one."""
    for row in connection.execute(select(bulks.c.id, bulks.c.sites)).all():
        if not row.sites or name not in row.sites:
            continue
        others = [site for site in row.sites if site != name]
        own = bulks.c.id == row.id
        changed = bulks.update().values(sites=others) if others else bulks.delete()
        connection.execute(changed.where(own))
