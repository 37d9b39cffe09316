"""One page, one key: normal keys, and nothing of a page that only a reader said"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from moderation.clock import utc_now
from moderation.pages.page_claims import PageClaim, claimed_address, proven_address
from moderation.pages.page_keys import own_parameters, page_key

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_TRACKING = ("utm_", "mc_", "pk_", "mtm_", "fbclid", "gclid", "msclkid", "dclid", "yclid", "token")
_SITES = "SELECT id, origins FROM sites"
_PAGES = "SELECT id, key, url, approved, revision FROM pages WHERE site_id = :site ORDER BY id"
_UPDATE = (
    "UPDATE pages SET key = :key, url = :url, title = NULL, claimed_url = :claimed_url,"
    " approved = :approved, revision = :revision, check_at = :check_at WHERE id = :id"
)
_MOVED = (
    "UPDATE pages SET moved_to = :to, approved = 0, url = NULL, title = NULL,"
    " revision = revision + 1 WHERE id = :id"
)

Row = sa.Row[Any]


def upgrade() -> None:
    _add_columns()
    connection = op.get_bind()
    sites = sa.text(_SITES).columns(origins=sa.JSON())
    for site in connection.execute(sites).all():
        rows = connection.execute(sa.text(_PAGES), {"site": site.id}).all()
        by_key: dict[str, list[Row]] = {}
        for row in rows:
            by_key.setdefault(_key(row.key), []).append(row)
        for key, spellings in by_key.items():
            _merge(connection, site.origins, key, spellings)


def _add_columns() -> None:
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    # By hand: Alembic adds no column with a foreign key on SQLite.
    op.execute(
        f"ALTER TABLE pages ADD COLUMN moved_to {kind}"
        " CONSTRAINT fk_pages_moved_to REFERENCES pages (id)"
    )
    for column in (
        sa.Column("claimed_url", sa.Text()),
        sa.Column("checked_at", sa.BigInteger()),
        sa.Column("check_at", sa.BigInteger()),
    ):
        op.add_column("pages", column)
    op.create_index("ix_pages_check_at", "pages", ["check_at"])


def _key(key: str) -> str:
    # No script sent a query so far: a site wrote it into its keys, and knows what it means.
    naming = [name for name in own_parameters(key) if not name.lower().startswith(_TRACKING)]
    return page_key(key, naming)


def _merge(
    connection: sa.Connection, origins: Sequence[str], key: str, spellings: Sequence[Row]
) -> None:
    """One page of all its spellings; the others stay, empty, since words of the index name them."""
    page = next((row for row in spellings if row.key == key), spellings[0])
    others = [row.id for row in spellings if row.id != page.id]
    for other in others:
        move = {"id": other, "to": page.id}
        connection.execute(sa.text("UPDATE comments SET page_id = :to WHERE page_id = :id"), move)
        connection.execute(sa.text(_MOVED), move)
    urls = [page.url, *(row.url for row in spellings)]
    claim = PageClaim(key, next((url for url in urls if url), None))
    url = proven_address(origins, claim)
    merged = {
        "id": page.id,
        "key": key,
        "url": url,
        "claimed_url": claimed_address(origins, claim) if url is None else None,
        "approved": sum(row.approved for row in spellings),
        "revision": sum(row.revision for row in spellings) + len(others),
        "check_at": _now(),
    }
    connection.execute(sa.text(_UPDATE), merged)


def _now() -> int:
    return int(utc_now().timestamp() * 1_000_000)
