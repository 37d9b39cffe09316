"""The pages that staged comments come in under, and pages of Parley's own files without any."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from moderation.pages.page_claims import PageClaim
from moderation.sites import Site
from moderation.storage.comments.submitted_pages import find_or_add_page
from moderation.storage.moving.staging import Staging
from moderation.storage.schema.sites import pages

_named = pages.alias("named")
_BY_KEY = select(func.coalesce(_named.c.moved_to, _named.c.id)).where(
    _named.c.site_id == bindparam("site_id"), _named.c.key == bindparam("key")
)
_EMPTY = """
SELECT id, key, url, title FROM pages
WHERE problem IS NULL AND key IS NOT NULL ORDER BY rowid
"""
_MOVED = """
SELECT old.key AS old, new.key AS new FROM pages AS old JOIN pages AS new ON new.id = old.moved_to
WHERE old.problem IS NULL AND new.problem IS NULL AND old.key <> new.key
"""


def page_ids(
    connection: Connection, site: Site, rows: Iterable[sqlite3.Row], now: datetime
) -> dict[str, int]:
    """Return the ids of the pages with the keys of these rows; pages that are missing are added."""
    first_rows = {row["key"]: row for row in reversed(list(rows))}
    ids = {}
    for key, row in sorted(first_rows.items()):  # else two who add the same wait for each other
        known = connection.execute(_BY_KEY, {"site_id": site.id, "key": key}).scalar()
        if known is None:
            claim = PageClaim(key, row["url"], row["title"], is_vouched=True)
            known = find_or_add_page(connection, site, claim, now)
        ids[key] = known
    return ids


def add_empty_pages(connection: Connection, site: Site, staged: Staging, now: datetime) -> None:
    """Add the pages of Parley's own file that have no comments, and lead moved ones further."""
    ids = page_ids(connection, site, staged.connection.execute(_EMPTY), now)
    for old, new in staged.connection.execute(_MOVED):
        is_free = (pages.c.id == ids[old]) & pages.c.moved_to.is_(None) & (pages.c.approved == 0)
        if ids[old] != ids[new]:
            connection.execute(pages.update().where(is_free).values(moved_to=ids[new]))
