"""The last comments of a site, to try on them what another setting would decide."""

from collections.abc import Sequence

from sqlalchemy import and_, case, select

from moderation.accounts.moderators import AccessScope
from moderation.comments import SETTLED, Status
from moderation.review.setting_outcome import RecentComment
from moderation.storage.database.engine import Database
from moderation.storage.review.cards import Card, cards_of
from moderation.storage.schema.comments import comments, is_erased
from moderation.storage.schema.decisions import decisions, is_by_person, is_latest
from moderation.storage.schema.sites import sites

# What a person made of it, where the newest decision is a person's.
_DECIDED = case(
    (and_(is_by_person, decisions.c.to_status.in_(SETTLED)), decisions.c.to_status)
).label("decided")


class RecentComments:
    """Shows the last comments of sites in somebody's scope."""

    def __init__(self, database: Database, scope: AccessScope) -> None:
        self._database = database
        self._scope = scope

    def of(self, site: str, most: int, *, page_id: int | None = None) -> list[RecentComment]:
        """Return the newest comments of readers on a site, at most so many; no erased ones.

        Args:
            site: Its name.
            most: How many.
            page_id: Storage's own number of the only page; None: of all its pages.
        """
        if not self._scope.includes(site):
            return []
        own = select(sites.c.id).where(sites.c.name == site).scalar_subquery()
        query = (
            select(comments.c.id, comments.c.name, comments.c.text, _DECIDED)
            .outerjoin(decisions, is_latest)
            # + 0 defeats the index on purpose: SQLite would sort all of the site with their texts.
            # Along the table it has 500 of 300,000 in 0.03 s, and the one of a quiet site in 0.25.
            .where(comments.c.site_id + 0 == own, ~is_erased, comments.c.staff_id.is_(None))
            .order_by(comments.c.id.desc())
            .limit(most)
        )
        if page_id is not None:
            query = query.where(comments.c.page_id == page_id)
        with self._database.read() as connection:
            return [
                RecentComment(row.id, row.name, row.text, row.decided and Status(row.decided))
                for row in connection.execute(query)
            ]

    def cards(self, numbers: Sequence[int]) -> list[Card]:
        """Return the comments with these internal ids as cards, in this order."""
        with self._database.read() as connection:
            return cards_of(connection, numbers)
