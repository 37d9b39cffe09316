"""What a filter asks of the index of words, and what of each comment that the index names."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from moderation.accounts.moderators import Reach
from moderation.comments import Status, Who
from moderation.review.search_filter import Filter
from moderation.storage.comments.search_index import Asked
from moderation.storage.comments.visibility import within
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.comments import comments, is_flagged, is_pending, is_rejected
from moderation.storage.schema.decisions import decisions, is_latest
from moderation.storage.schema.sites import pages, sites
from moderation.text.search_terms import name_words, page_word, site_word, words_of

# The statuses that have an index of their own: few comments are in them.
PARTIAL = {
    Status.FLAGGED: is_flagged,
    Status.PENDING: is_pending,
    Status.REJECTED: is_rejected,
}


def asked_of_index(connection: Connection, wanted: Filter, reach: Reach) -> list[Asked] | None:
    """What the index is asked for; None where nothing can have what is wanted."""
    words: list[Asked] = []
    for given, as_words in ((wanted.name, name_words), (wanted.text, words_of)):
        if given is not None:
            if not (some := as_words(given)):
                return None
            words += [[word] for word in some]
    if wanted.page is not None:
        return [_page_words(connection, wanted.page), *words]
    if not _is_of_any_site(wanted, reach) and (words or wanted.status not in PARTIAL):
        ids = connection.execute(_sites(wanted, reach)).scalars()
        return [[site_word(each) for each in ids] or [site_word(0)], *words]
    return words


def _is_of_any_site(wanted: Filter, reach: Reach) -> bool:
    return wanted.site is None and reach.sites is None


def _sites(wanted: Filter, reach: Reach) -> Select[Any]:
    """The ids of the sites meant."""
    query = select(sites.c.id).where(within(reach))
    return query if wanted.site is None else query.where(sites.c.name == wanted.site)


def _page_words(connection: Connection, key: str) -> list[str]:
    """Of every site that has a page with this key."""
    of_any_site = pages.c.site_id.in_(select(sites.c.id))  # so that the index of keys answers
    query = select(pages.c.id).where(pages.c.key == key, of_any_site)
    return [page_word(number) for number in connection.execute(query).scalars()] or [page_word(0)]


def conditions(wanted: Filter, reach: Reach) -> Iterator[ColumnElement[bool]]:
    """What is asked of each candidate: its own columns."""
    if wanted.status is not None:
        # Plus nothing: each candidate is looked up by its id. With statistics that are out of date
        # PostgreSQL walked through all of the status's own index for each (measured).
        yield comments.c.status + "" == wanted.status
    if not _is_of_any_site(wanted, reach):
        # Plus nothing: else SQLite begins with all comments of the site.
        yield (comments.c.site_id + 0).in_(_sites(wanted, reach))


def decided_by(connection: Connection, query: Select[Any], wanted: Filter) -> Select[Any]:
    """The query with who took the latest decision."""
    query = query.join(decisions, is_latest)
    if wanted.moderator is None:
        return query.where(decisions.c.who == wanted.by)
    return query.where(
        decisions.c.who == Who.MODERATOR,
        decisions.c.moderator_id == moderator_id(connection, wanted.moderator),
    )


def moderator_id(connection: Connection, name: str) -> int:
    """0 where nobody has this name."""
    query = select(moderators.c.id).where(moderators.c.name == name)
    return connection.execute(query).scalar() or 0
