"""One article's comments in thread order, whatever their status."""

from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, select

from moderation.comments import CommentNotFound
from moderation.storage.cards import Card, cards_of, number_of
from moderation.storage.engine import Database
from moderation.storage.tables import comments, pages, sites
from moderation.threads import Placed, thread_order


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
    """A part of a page's comments, each with its depth; `more` follow."""

    article: Article
    cards: list[tuple[Card, int]]
    more: bool


class Threads:
    """The threads of all pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_page(self, page_id: int, *, limit: int, after: str | None = None) -> Thread:
        """At most `limit` comments, beyond the comment with the public id `after`.

        Raises PageNotFound, and CommentNotFound where `after` is no comment of the page.
        """
        query = select(comments.c.id, comments.c.parent_id).where(comments.c.page_id == page_id)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(comments.c.submitted_at, comments.c.id))
            placed = list(thread_order((row.id, row.parent_id) for row in rows))
            start = 0 if after is None else _place_of(placed, number_of(connection, after)) + 1
            shown = list(islice(placed, start, start + limit))
            cards = cards_of(connection, [each.id for each in shown])
            article = _article(connection, page_id, len(placed))
        depths = [each.depth for each in shown]
        return Thread(
            article, list(zip(cards, depths, strict=True)), more=start + limit < len(placed)
        )


def _place_of(placed: list[Placed], number: int) -> int:
    for place, each in enumerate(placed):
        if each.id == number:
            return place
    raise CommentNotFound(number)


def _article(connection: Connection, page_id: int, number: int) -> Article:
    query = (
        select(pages, sites.c.name.label("site"))
        .select_from(pages.join(sites))
        .where(pages.c.id == page_id)
    )
    row = connection.execute(query).first()
    if row is None:
        raise PageNotFound(page_id)
    return Article(row.id, row.site, row.key, row.url, row.title, number, row.approved)
