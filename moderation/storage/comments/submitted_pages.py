"""The page that a comment comes in under: find it, add it, note what is said of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from moderation.pages.page_claims import (
    CheckedState,
    PageClaim,
    claimed_address,
    needs_check,
    proven_address,
)
from moderation.sites import Site
from moderation.storage.comments.pages import OWN_RULES
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import insert_for
from moderation.storage.schema.sites import pages

_named = pages.alias("named")
# Built once: to build a statement costs as much as to run it. Locked as the comment's foreign key
# locks it: whoever moves the page at this moment is waited for.
_BY_KEY = DriverStatement(
    select(pages, OWN_RULES.label("rules"))
    .join(_named, pages.c.id == func.coalesce(_named.c.moved_to, _named.c.id))
    .where(_named.c.site_id == bindparam("site_id"), _named.c.key == bindparam("key"))
    .with_for_update(read=True, key_share=True, of=_named)
)


class SubmittedPages:
    """The pages of a transaction's comments: each is looked up once, and again when it changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[tuple[int, str], Any] = {}

    def find(self, site: Site, key: str) -> Any | None:
        """The row of the page, with its own `rules`; None where nobody commented on it yet."""
        place = (site.id, key)
        if place not in self._rows:
            self._rows[place] = _BY_KEY.first(self._connection, {"site_id": site.id, "key": key})
        return self._rows[place]

    def find_or_add(self, site: Site, claim: PageClaim, now: datetime) -> int:
        """The page's id. What the site says of it is noted; a mere claim asks for a check."""
        row = self.find(site, claim.key)
        if row is not None and not (changes := _changes(row, site, claim, now)):
            return int(row.id)
        del self._rows[site.id, claim.key]
        if row is None:
            return _add_page(self._connection, site, claim, now)
        self._connection.execute(pages.update().where(pages.c.id == row.id).values(changes))
        return int(row.id)


def add_pages(
    connection: Connection, site: Site, claims: Sequence[PageClaim], now: datetime
) -> None:
    """Add pages that the site vouches for, and that are probably not there."""
    rows = []
    for claim in claims:
        vouched = _vouched(site, claim)
        url = vouched.get("url") or proven_address(site.origins, claim)
        row = {"url": url, "title": vouched.get("title"), "approved": 0, "revision": 0}
        rows.append({"site_id": site.id, "key": claim.key, **row, "checked_at": now})
    if rows:
        insert = insert_for(connection)(pages)
        connection.execute(insert.on_conflict_do_nothing(index_elements=["site_id", "key"]), rows)


def _changes(row: Any, site: Site, claim: PageClaim, now: datetime) -> dict[str, object]:
    if claim.is_vouched:
        vouched = {**_vouched(site, claim), "checked_at": now}
        is_new = any(getattr(row, name) != value for name, value in _vouched(site, claim).items())
        return vouched if is_new else {}
    state = CheckedState(row.title, row.claimed_title, row.checked_at)
    if row.check_at is not None or not needs_check(state, claim, now):
        return {}
    claimed = claimed_address(site.origins, claim) if row.url is None else None
    changes: dict[str, object] = {"check_at": now, "claimed_title": claim.title}
    return changes if claimed is None else {**changes, "claimed_url": claimed}


def _vouched(site: Site, claim: PageClaim) -> dict[str, object]:
    address = claimed_address(site.origins, claim)
    values = (("url", address), ("title", claim.title))
    return {name: value for name, value in values if value is not None}


def _add_page(connection: Connection, site: Site, claim: PageClaim, now: datetime) -> int:
    key = {"site_id": site.id, "key": claim.key}
    url = proven_address(site.origins, claim)
    known: dict[str, object] = {"url": url, "approved": 0, "revision": 0}
    if claim.is_vouched:
        known |= {**_vouched(site, claim), "checked_at": now}
    else:
        claimed = claimed_address(site.origins, claim) if url is None else None
        known |= {"check_at": now, "claimed_url": claimed, "claimed_title": claim.title}
    statement = (
        insert_for(connection)(pages)
        .values(**key, **known)
        # Two first comments at one moment: the second finds the page of the first.
        .on_conflict_do_update(index_elements=["site_id", "key"], set_=key)
        .returning(pages.c.id)
    )
    return int(connection.execute(statement).scalar_one())
