"""The one place that says in SQL which sites a question may see."""

from sqlalchemy import ColumnElement, select, true

from moderation.moderators import Reach
from moderation.storage.tables import comments, sites


def within(reach: Reach) -> ColumnElement[bool]:
    """Of a query that joins sites: only those within reach."""
    return true() if reach.sites is None else sites.c.name.in_(sorted(reach.sites))


def comment_within(reach: Reach) -> ColumnElement[bool]:
    """Of a statement about comments alone: only those of sites within reach."""
    if reach.sites is None:
        return true()
    return comments.c.site_id.in_(select(sites.c.id).where(within(reach)))
