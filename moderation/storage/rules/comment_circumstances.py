"""What rules must know of stored comments: when they came, by whom, and how many are alike."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from moderation.comments import Status
from moderation.rules.circumstances import Circumstances
from moderation.rules.site_rules import NO_RULES, SiteRules
from moderation.storage.database.engine import Database
from moderation.storage.rules.rules_in_force import changes_of_pages, have_rules
from moderation.storage.schema.column_types import UtcTime
from moderation.storage.schema.comments import comments
from moderation.storage.schema.sites import pages

_DAY = timedelta(days=1)
_LAST = 2**63 - 1  # behind every comment that is stored
_LOOKED_AT = select(
    comments.c.id,
    comments.c.site_id,
    comments.c.page_id,
    comments.c.name,
    comments.c.submitted_at,
    comments.c.address_hash,
    comments.c.fingerprint,
).where(comments.c.id.in_(bindparam("comment_ids", expanding=True)))
_AUTHOR = comments.alias("others")
_PAGES = pages.alias("named")
_BEFORE = _AUTHOR.c.id < bindparam("id")
_OF_SITE = _AUTHOR.c.site_id == bindparam("site_id")
_APPROVED = select(_AUTHOR.c.id).where(
    _OF_SITE,
    _AUTHOR.c.name == bindparam("name"),
    _AUTHOR.c.status == Status.APPROVED,
    _AUTHOR.c.staff_id.is_(None),
    _BEFORE,
)


def _count(query: Select[Any]) -> Select[Any]:
    """At most so many as rules ask for: nobody waits for the count of a flood."""
    return select(func.count()).select_from(query.limit(bindparam("most")).subquery())


_BY_ADDRESS = _count(_APPROVED.where(_AUTHOR.c.address_hash == bindparam("address_hash")))
_BY_NAME = _count(_APPROVED.where(_AUTHOR.c.address_hash.is_(None)))
_ALIKE = _count(
    select(_AUTHOR.c.id).where(
        _OF_SITE,
        _AUTHOR.c.fingerprint == bindparam("fingerprint"),
        _AUTHOR.c.submitted_at > bindparam("since", type_=UtcTime),
        _BEFORE,
    )
)


@dataclass(frozen=True, slots=True)
class UnstoredComment:
    """What a program asks about: it is stored nowhere.

    Attributes:
        page: The page's key; None where none was sent.
        name: Its author's; None where none was sent.
        address_hash: The same.
        fingerprint: The text's; None for a short one.
    """

    page: str | None
    name: str | None
    address_hash: str | None
    fingerprint: str | None


class CommentCircumstances:
    """Reads the circumstances of comments, as far as the rules of their sites ask."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(
        self,
        ids: Sequence[int],
        rules: Mapping[int, SiteRules],
        tried: Mapping[int, Mapping[str, Any]] | None = None,
    ) -> Mapping[int, Circumstances]:
        """Return the circumstances by comment; of none where neither a site nor a page has rules.

        Args:
            ids: Of comments, by their internal ids.
            rules: Of their sites, by the site's id.
            tried: What pages shall change of them, in place of what they do; by the page's id.
        """
        with self._database.read() as connection:
            if not (tried or have_rules(connection, rules)):
                return {}
            rows = connection.execute(_LOOKED_AT, {"comment_ids": ids}).all()
            own = changes_of_pages(connection, list({row.page_id for row in rows}))
            own = {**own, **(tried or {})}
            return {
                row.id: _circumstances(
                    connection, dict(row._mapping), of_site.changed(own.get(row.page_id, {}))
                )
                for row in rows
                if (of_site := rules.get(row.site_id, NO_RULES))
            }

    def of_unstored(
        self, site_id: int, rules: SiteRules, asked: Sequence[UnstoredComment], now: datetime
    ) -> list[Circumstances]:
        """Return the circumstances of comments, in order, as if they were submitted now.

        Args:
            site_id: Their site's.
            rules: The same.
            asked: The comments.
            now: This moment.
        """
        keys = {comment.page for comment in asked if comment.page is not None}
        with self._database.read() as connection:
            ids = _page_ids(connection, site_id, keys) if keys else {}
            own = changes_of_pages(connection, list(set(ids.values())))
            return [
                _circumstances(
                    connection,
                    {**asdict(comment), "id": _LAST, "site_id": site_id, "submitted_at": now},
                    rules.changed(own.get(ids.get(comment.page or "", 0), {})),
                )
                for comment in asked
            ]


def _page_ids(connection: Connection, site_id: int, keys: Collection[str]) -> dict[str, int]:
    query = select(_PAGES.c.key, func.coalesce(_PAGES.c.moved_to, _PAGES.c.id)).where(
        _PAGES.c.site_id == site_id, _PAGES.c.key.in_(keys)
    )
    return {key: page_id for key, page_id in connection.execute(query)}


def _circumstances(
    connection: Connection, comment: Mapping[str, Any], rules: SiteRules
) -> Circumstances:
    approved, alike = None, 0
    if rules.first_comments and comment["name"] is not None:
        own = _BY_NAME if comment["address_hash"] is None else _BY_ADDRESS
        approved = _counted(connection, own, rules.first_comments, comment)
    if rules.repeats is not None and comment["fingerprint"] is not None:
        alike = _counted(connection, _ALIKE, rules.repeats, comment)
    return Circumstances(rules, comment["submitted_at"], approved, alike)


@lru_cache(maxsize=8)
def _parameters(query: Select[Any]) -> frozenset[str]:
    """The names that a query asks for; to compile it took nine tenths of the time (measured)."""
    return frozenset(query.compile().params)


def _counted(
    connection: Connection, query: Select[Any], most: int, comment: Mapping[str, Any]
) -> int:
    asked = {**comment, "since": comment["submitted_at"] - _DAY, "most": most}
    names = _parameters(query)
    count: int = connection.execute(
        query, {name: value for name, value in asked.items() if name in names}
    ).scalar_one()
    return count
