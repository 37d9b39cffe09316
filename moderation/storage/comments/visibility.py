"""The one place that says in SQL which sites a question may see."""

from sqlalchemy import ColumnElement, and_, false, select, true

from moderation.accounts.moderators import AccessScope
from moderation.storage.schema.comments import comments
from moderation.storage.schema.sites import sites


def site_in_scope(scope: AccessScope) -> ColumnElement[bool]:
    """Of a query that joins sites: only those in scope."""
    return true() if scope.sites is None else sites.c.name.in_(sorted(scope.sites))


def comment_in_scope(scope: AccessScope) -> ColumnElement[bool]:
    """Of a statement about comments alone: only those of sites in scope."""
    if scope.sites is None:
        return true()
    return comments.c.site_id.in_(select(sites.c.id).where(site_in_scope(scope)))


def in_scope_or_site(scope: AccessScope, site: str | None) -> ColumnElement[bool]:
    """As `comment_within`; where a site is named, only those of this one."""
    if site is None and (scope.sites is None or len(scope.sites) != 1):
        return comment_in_scope(scope)
    name = next(iter(scope.sites or ())) if site is None else site
    if not scope.includes(name):
        return false()
    # Of one site, so that the queue's index behind the site answers, whatever the scope.
    named = select(sites.c.id).where(sites.c.name == name).scalar_subquery()
    return comments.c.site_id == named


def comment_with_id(comment_id: str, scope: AccessScope) -> ColumnElement[bool]:
    """As `comment_within`: only the one with this public id."""
    return and_(comments.c.public_id == comment_id, comment_in_scope(scope))
