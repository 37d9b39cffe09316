"""Translate a filter into terms of the search index and into SQL conditions."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from moderation.accounts.moderators import AccessScope
from moderation.comments import Actor, Status
from moderation.review.search_filter import Filter
from moderation.storage.comments.search_index import TermGroup
from moderation.storage.comments.visibility import site_in_scope
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.comments import comments, is_flagged, is_pending, is_rejected
from moderation.storage.schema.decisions import decisions, is_latest
from moderation.storage.schema.sites import pages, sites
from moderation.text.search_terms import name_words, page_word, site_word, words_of

# The statuses that have an index of their own: few comments are in them.
PARTIAL_INDEXES = {
    Status.FLAGGED: is_flagged,
    Status.PENDING: is_pending,
    Status.REJECTED: is_rejected,
}


def index_terms(
    connection: Connection, search_filter: Filter, scope: AccessScope
) -> list[TermGroup] | None:
    """Return the terms to look for in the search index: a comment has one of each group.

    Returns:
        An empty list where another index tells more, None where no comment can match.
    """
    groups = _word_groups(search_filter)
    if groups is None:
        return None
    if search_filter.page is not None:
        return [_page_terms(connection, search_filter.page_keys), *groups]
    if search_filter.alike is not None and not groups:
        return []
    by_status = status_looked_for(search_filter) in PARTIAL_INDEXES and not groups
    if _is_of_any_site(search_filter, scope) or by_status:
        return groups
    site_ids = connection.execute(_sites(search_filter, scope)).scalars()
    return [[site_word(site_id) for site_id in site_ids] or [site_word(0)], *groups]


def status_looked_for(search_filter: Filter) -> Status | None:
    """Return the status by whose index to look; what is in a section of the queue is flagged."""
    return Status.FLAGGED if search_filter.section is not None else search_filter.status


def conditions(search_filter: Filter, scope: AccessScope) -> Iterator[ColumnElement[bool]]:
    """Return the conditions on a candidate's own columns, apart from its age."""
    if search_filter.status is not None:
        # + "" defeats the index on purpose: each candidate is looked up by its id. With outdated
        # statistics PostgreSQL walked through all of the status's own index for each (measured).
        yield comments.c.status + "" == search_filter.status
    if search_filter.section is not None:
        yield comments.c.section + "" == search_filter.section
        yield comments.c.status + "" == Status.FLAGGED
    if search_filter.alike is not None:
        yield comments.c.fingerprint + "" == search_filter.alike
    if not _is_of_any_site(search_filter, scope):
        # + 0 defeats the index on purpose: SQLite would begin with all comments of the site.
        yield (comments.c.site_id + 0).in_(_sites(search_filter, scope))


def age_conditions(search_filter: Filter, now: datetime) -> Iterator[ColumnElement[bool]]:
    """Return the conditions on when a comment was submitted; none for any age."""
    if search_filter.newer is not None:
        yield comments.c.submitted_at >= now - timedelta(days=search_filter.newer)
    if search_filter.older is not None:
        yield comments.c.submitted_at <= now - timedelta(days=search_filter.older)


def candidates_alike(search_filter: Filter, scope: AccessScope) -> ColumnElement[bool]:
    """Return the condition by whose index near-duplicates are found, on the filter's sites."""
    of_sites = comments.c.site_id.in_(_sites(search_filter, scope))
    return of_sites & (comments.c.fingerprint == search_filter.alike)


def decided_by(connection: Connection, query: Select[Any], search_filter: Filter) -> Select[Any]:
    """Return the query, limited to who took the latest decision; `by` of the filter is set."""
    query = query.join(decisions, is_latest)
    if search_filter.moderator is None:
        return query.where(decisions.c.actor == search_filter.by)
    return query.where(
        decisions.c.actor == Actor.MODERATOR,
        decisions.c.moderator_id == moderator_id(connection, search_filter.moderator),
    )


def moderator_id(connection: Connection, name: str) -> int:
    """Return the id of the moderator with this name; 0, which is no id, where there is none."""
    query = select(moderators.c.id).where(moderators.c.name == name)
    return connection.execute(query).scalar() or 0


def _word_groups(search_filter: Filter) -> list[TermGroup] | None:
    """Every word that must be there, each its own group; None where a field has no word."""
    groups: list[TermGroup] = []
    for value, terms_of in ((search_filter.name, name_words), (search_filter.text, words_of)):
        if value is not None:
            if not (terms := terms_of(value)):
                return None
            groups += [[term] for term in terms]
    return groups


def _is_of_any_site(search_filter: Filter, scope: AccessScope) -> bool:
    return search_filter.site is None and scope.sites is None


def _sites(search_filter: Filter, scope: AccessScope) -> Select[Any]:
    """The ids of the sites in scope that the filter lets through."""
    query = select(sites.c.id).where(site_in_scope(scope))
    return query if search_filter.site is None else query.where(sites.c.name == search_filter.site)


def _page_terms(connection: Connection, keys: Collection[str]) -> TermGroup:
    """Of every site that has a page with one of these keys."""
    of_any_site = pages.c.site_id.in_(select(sites.c.id))  # so that the index of keys answers
    query = select(func.coalesce(pages.c.moved_to, pages.c.id)).where(
        pages.c.key.in_(keys), of_any_site
    )
    # Comments that were moved with their page have the word of the page that they came in under.
    moved = select(pages.c.id).where(pages.c.moved_to.in_(query))
    page_ids = connection.execute(query.union(moved)).scalars()
    return [page_word(page_id) for page_id in page_ids] or [page_word(0)]
