"""Show one article's comments in thread order, whatever their status."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, select

from moderation.accounts.moderators import AccessScope
from moderation.comments import CommentNotFound
from moderation.review.thread_order import Placed, thread_order
from moderation.storage.comments.visibility import site_in_scope
from moderation.storage.database.engine import Database
from moderation.storage.review.cards import Card, cards_of, number_of
from moderation.storage.schema.comments import comments
from moderation.storage.schema.sites import pages, sites


class PageNotFound(LookupError):
    """No page has this id."""


@dataclass(frozen=True, slots=True)
class Article:
    """A page as moderators see it; `comments` counts all of them, `approved` the public ones."""

    id: int
    site: str
    key: str
    url: str | None
    title: str | None
    comments: int
    approved: int


@dataclass(frozen=True, slots=True)
class Thread:
    """A part of a page's comments, each with its depth; `more` says whether others follow."""

    article: Article
    cards: list[tuple[Card, int]]
    more: bool


class Threads:
    """The threads of the pages in somebody's scope."""

    def __init__(self, database: Database, scope: AccessScope) -> None:
        self._database = database
        self._scope = scope

    def of_page(self, page_id: int, *, limit: int, after: str | None = None) -> Thread:
        """Return a part of a page's thread.

        Args:
            page_id: Storage's own number of the page.
            limit: How many comments at most.
            after: The public id of the comment to go on after.

        Raises:
            PageNotFound: No page in scope has this number.
            CommentNotFound: `after` is no comment of the page.
        """
        query = select(comments.c.id, comments.c.parent_id).where(comments.c.page_id == page_id)
        with self._database.read() as connection:
            page = self._page(connection, page_id)
            rows = connection.execute(query.order_by(comments.c.submitted_at, comments.c.id))
            placed = list(thread_order((row.id, row.parent_id) for row in rows))
            start = 0 if after is None else self._place_after(connection, placed, after)
            part = list(islice(placed, start, start + limit))
            cards = cards_of(connection, [comment.id for comment in part])
        depths = [comment.depth for comment in part]
        more = start + limit < len(placed)
        return Thread(_article(page, len(placed)), list(zip(cards, depths, strict=True)), more)

    def _place_after(self, connection: Connection, placed: list[Placed], after: str) -> int:
        comment_id = number_of(connection, after, self._scope)
        for place, comment in enumerate(placed, start=1):
            if comment.id == comment_id:
                return place
        raise CommentNotFound(after)

    def _page(self, connection: Connection, page_id: int) -> Row[Any]:
        query = select(pages, sites.c.name.label("site")).select_from(pages.join(sites))
        query = query.where(pages.c.id == page_id, site_in_scope(self._scope))
        row = connection.execute(query).first()
        if row is None:
            raise PageNotFound(page_id)
        return row


def _article(row: Row[Any], number: int) -> Article:
    return Article(row.id, row.site, row.key, row.url, row.title, number, row.approved)
