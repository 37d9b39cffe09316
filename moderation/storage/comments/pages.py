"""Pages as readers see them: how many comments each has, and what of a comment is public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, literal_column, select

from moderation.sites import Site
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments, is_erased, is_pinned
from moderation.storage.schema.rules import of_page, rule_versions
from moderation.storage.schema.sites import pages
from moderation.storage.system.incarnation import SELECT_INCARNATION, incarnation_of


@dataclass(frozen=True, slots=True)
class Page:
    """A page's public state: `revision` changes whenever what is public does.

    Attributes:
        incarnation: Of the database: a revision comes again where a backup is restored.
        rules: Its own, as they are stored; None where it has none.
    """

    id: int | None
    count: int
    revision: int
    incarnation: str = ""
    rules: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """Where a page is, and what it is called; None where that is not known."""

    url: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class PublicComment:
    """What anyone may see of an approved comment, and nothing else."""

    id: str
    name: str
    text: str
    submitted_at: datetime
    parent: str | None
    is_staff: bool  # a moderator wrote it for the site
    edited_at: datetime | None = None  # when its author changed it last
    is_erased: bool = False  # name and text are empty: it stands there for its answers
    is_pinned: bool = False  # it stands first on its page


_EMPTY = Page(id=None, count=0, revision=0)
# The page itself, or the one that it was moved to. Built once: to build a statement costs as much
# as to run it.
_named = pages.alias("named")
_is_named = (_named.c.site_id == bindparam("site_id")) & (_named.c.key == bindparam("key"))
_BY_KEY = (
    select(pages)
    .join(_named, pages.c.id == func.coalesce(_named.c.moved_to, _named.c.id))
    .where(_is_named)
)
OWN_RULES = (
    select(rule_versions.c.document)
    .where(of_page, rule_versions.c.page_id == pages.c.id)
    .order_by(rule_versions.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_STATE = DriverStatement(
    select(
        pages.c.id,
        pages.c.approved,
        pages.c.revision,
        SELECT_INCARNATION,
        OWN_RULES.label("rules"),
    )
    .join(_named, pages.c.id == func.coalesce(_named.c.moved_to, _named.c.id))
    .where(_is_named)
)
_parents = comments.alias("parents")
_replies = comments.alias("replies")
has_answer = (
    select(_replies.c.id)
    .where(_replies.c.parent_id == comments.c.id, _replies.c.status == literal_column("'approved'"))
    .exists()
)
SELECT_PUBLIC = select(
    comments.c.id,
    comments.c.public_id,
    comments.c.name,
    comments.c.text,
    comments.c.submitted_at,
    _parents.c.public_id.label("parent"),
    comments.c.staff_id.is_not(None).label("is_staff"),
    comments.c.edited_at,
    is_erased.label("is_erased"),
    is_pinned.label("is_pinned"),
).select_from(comments.outerjoin(_parents, comments.c.parent_id == _parents.c.id))


class Pages:
    """The pages of all sites."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, site: Site, key: str) -> Page:
        """The page's count and revision; one nobody commented on yet has neither."""
        with self._database.read() as connection:
            row = _STATE.first(connection, {"site_id": site.id, "key": key})
        return _EMPTY if row is None else self._to_page(row)

    def _to_page(self, row: Any) -> Page:
        incarnation = row.incarnation or incarnation_of(self._database)
        return Page(row.id, row.approved, row.revision, incarnation, row.rules)

    def article(self, site: Site, key: str) -> Article:
        """The page's address and title, where they are known."""
        with self._database.read() as connection:
            row = connection.execute(_BY_KEY, {"site_id": site.id, "key": key}).first()
        return Article() if row is None else Article(row.url, row.title)

    def counts(self, site: Site, keys: Sequence[str]) -> dict[str, int]:
        """The number of approved comments of each page asked for."""
        target = pages.c.id == func.coalesce(_named.c.moved_to, _named.c.id)
        query = (
            select(_named.c.key, pages.c.approved)
            .join(pages, target)
            .where(_named.c.site_id == site.id, _named.c.key.in_(keys))
        )
        with self._database.read() as connection:
            approved = {row.key: row.approved for row in connection.execute(query)}
        return {key: approved.get(key, 0) for key in keys}


def to_public(row: Row[*tuple[Any, ...]]) -> PublicComment:
    """Make of a row of SELECT_PUBLIC what anyone may see."""
    return PublicComment(
        row.public_id,
        row.name,
        row.text,
        row.submitted_at,
        row.parent,
        bool(row.is_staff),
        row.edited_at,
        bool(row.is_erased),
        bool(row.is_pinned),
    )
