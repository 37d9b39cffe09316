"""The pages that staged comments come in under, and pages of Parley's own files without any."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from moderation.pages.page_claims import PageClaim
from moderation.sites import Site
from moderation.storage.comments.submitted_pages import add_pages
from moderation.storage.moving.staging import Staging
from moderation.storage.schema.sites import pages

_named = pages.alias("named")
_AT_ONCE = 1_000
_BY_KEYS = select(_named.c.key, func.coalesce(_named.c.moved_to, _named.c.id).label("id")).where(
    _named.c.site_id == bindparam("site_id"), _named.c.key.in_(bindparam("keys", expanding=True))
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
    keys = sorted(first_rows)  # else two who add the same wait for each other
    ids = _ids_of(connection, site, keys)
    missing = [first_rows[key] for key in keys if key not in ids]
    claims = [PageClaim(row["key"], row["url"], row["title"], is_vouched=True) for row in missing]
    add_pages(connection, site, claims, now)
    return ids | _ids_of(connection, site, [claim.key for claim in claims])


def _ids_of(connection: Connection, site: Site, keys: Sequence[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for start in range(0, len(keys), _AT_ONCE):
        asked = {"site_id": site.id, "keys": keys[start : start + _AT_ONCE]}
        ids |= {row.key: row.id for row in connection.execute(_BY_KEYS, asked)}
    return ids


def add_empty_pages(connection: Connection, site: Site, staged: Staging, now: datetime) -> None:
    """Add the pages of Parley's own file that have no comments, and lead moved ones further."""
    ids = page_ids(connection, site, staged.connection.execute(_EMPTY), now)
    for old, new in staged.connection.execute(_MOVED):
        is_free = (pages.c.id == ids[old]) & pages.c.moved_to.is_(None) & (pages.c.approved == 0)
        if ids[old] != ids[new]:
            connection.execute(pages.update().where(is_free).values(moved_to=ids[new]))
