"""The newest published comments of a page, or of a whole site, with the pages they are on."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement

from moderation.sites import Site
from moderation.storage.comments.pages import SELECT_PUBLIC, Article, Page, PublicComment, to_public
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments, is_approved
from moderation.storage.schema.sites import pages


@dataclass(frozen=True, slots=True)
class PublishedComment:
    """A published comment, the key of its page, and what is known of that page."""

    comment: PublicComment
    key: str
    article: Article


_NEWEST = (
    SELECT_PUBLIC.add_columns(pages.c.key, pages.c.url, pages.c.title)
    .join(pages, pages.c.id == comments.c.page_id)
    .where(is_approved)
    .order_by(comments.c.submitted_at.desc(), comments.c.id.desc())
)


class Published:
    """What readers may see of all sites."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_page(self, page: Page, limit: int) -> list[PublishedComment]:
        """Return the newest comments of a page."""
        return self._newest(comments.c.page_id == page.id, limit)

    def of_site(self, site: Site, limit: int) -> list[PublishedComment]:
        """Return the newest comments of all pages of a site."""
        return self._newest(comments.c.site_id == site.id, limit)

    def _newest(self, place: ColumnElement[bool], limit: int) -> list[PublishedComment]:
        with self._database.read() as connection:
            rows = connection.execute(_NEWEST.where(place).limit(limit)).all()
        return [
            PublishedComment(to_public(row), row.key, Article(row.url, row.title)) for row in rows
        ]
