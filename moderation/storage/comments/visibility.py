"""The one place that says in SQL which sites a question may see."""

from sqlalchemy import ColumnElement, and_, false, select, true

from moderation.accounts.moderators import Reach
from moderation.storage.schema.comments import comments
from moderation.storage.schema.sites import sites


def within(reach: Reach) -> ColumnElement[bool]:
    """Of a query that joins sites: only those within reach."""
    return true() if reach.sites is None else sites.c.name.in_(sorted(reach.sites))


def comment_within(reach: Reach) -> ColumnElement[bool]:
    """Of a statement about comments alone: only those of sites within reach."""
    if reach.sites is None:
        return true()
    return comments.c.site_id.in_(select(sites.c.id).where(within(reach)))


def asked(reach: Reach, site: str | None) -> ColumnElement[bool]:
    """As `comment_within`; where a site is named, only those of this one."""
    if site is None and (reach.sites is None or len(reach.sites) != 1):
        return comment_within(reach)
    name = next(iter(reach.sites or ())) if site is None else site
    if not reach.includes(name):
        return false()
    # Of one site, so that the queue's index behind the site answers, whatever the reach.
    named = select(sites.c.id).where(sites.c.name == name).scalar_subquery()
    return comments.c.site_id == named


def this_comment(comment_id: str, reach: Reach) -> ColumnElement[bool]:
    """As `comment_within`: only the one with this public id."""
    return and_(comments.c.public_id == comment_id, comment_within(reach))
