"""Campaigns: nearly the same text many times within days, by several authors or on several pages.

Near-duplicates have one fingerprint, so that none is compared with another. The newest comments of
the days are counted along the index of their times, and each campaign along that of fingerprints.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, select

from moderation.accounts.moderators import AccessScope
from moderation.clock import Clock
from moderation.comments import Status
from moderation.storage.comments.visibility import comment_in_scope, site_in_scope
from moderation.storage.database.engine import Database
from moderation.storage.schema.column_types import UtcTime
from moderation.storage.schema.comments import comments, is_flagged
from moderation.storage.schema.sites import sites

SMALLEST = 3  # comments, by two authors or on two pages: two who agree are no campaign
LOOKED_AT = 100_000  # of the newest comments: 0.24 s; 10,000 take 0.07 s (measured)
_WAITING = 10_000  # that are looked at for the number in the menu
_CANDIDATES = 200
_SPELLINGS = 50  # that are read to find how the texts differ


class CampaignNotFound(LookupError):
    """No campaign of these days and sites has this fingerprint."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """Comments with nearly the same text.

    Attributes:
        fingerprint: By which they are found.
        number: How many they are.
        states: How many have each status.
        names: By how many names.
        addresses: From how many address networks, as far as these are known.
        pages: On how many pages.
        sites: The names of the sites that have any.
        first_at: When the first of them was submitted.
        last_at: When the last one was.
        texts: Their different spellings, the most frequent first; not all where they are many.
        newest: The public id of the one that was stored last.
    """

    fingerprint: str
    number: int
    states: Mapping[Status, int]
    names: int
    addresses: int
    pages: int
    sites: Sequence[str]
    first_at: datetime
    last_at: datetime
    texts: Sequence[str]
    newest: str

    @property
    def waiting(self) -> int:
        """How many of them wait for a moderator."""
        return self.states.get(Status.FLAGGED, 0)


@dataclass(frozen=True, slots=True)
class CampaignList:
    """The largest campaigns; `whole` is False where there were more comments than are looked at."""

    campaigns: Sequence[Campaign]
    whole: bool


class Campaigns:
    """The campaigns on the sites in somebody's scope."""

    def __init__(
        self, database: Database, clock: Clock, scope: AccessScope, looked_at: int = LOOKED_AT
    ) -> None:
        self._database = database
        self._clock = clock
        self._scope = scope
        self._looked_at = looked_at

    def largest(
        self, days: int, limit: int, site: str | None = None, *, after: str | None = None
    ) -> CampaignList:
        """Return at most `limit` campaigns of the last days, the largest first.

        Args:
            days: How many.
            limit: How many campaigns.
            site: The name of the one site to look at, None for all in scope.
            after: The fingerprint of the campaign to go on after.

        Raises:
            CampaignNotFound: `after` is no campaign of these days and sites.
        """
        since, of_sites = self._clock() - timedelta(days=days), self._ids_of_sites(site)
        conditions = (comments.c.site_id.in_(of_sites), comments.c.submitted_at >= since)
        with self._database.read() as connection:
            query = _repeated(since, of_sites, self._looked_at)
            fingerprints = connection.execute(query).scalars().all()
            rows = connection.execute(_COUNTED.where(_has(fingerprints), *conditions)).all()
            ordered = sorted(filter(_is_campaign, rows), key=_size, reverse=True)
            campaigns = [
                _to_campaign(connection, row, conditions)
                for row in _following(ordered, after)[:limit]
            ]
            further = _NEWEST.where(comments.c.submitted_at >= since).offset(self._looked_at)
            whole = connection.execute(further.limit(1)).first() is None
        return CampaignList(campaigns, whole)

    def number_waiting(self) -> int:
        """How many texts of the last day wait at least SMALLEST times."""
        since = self._clock() - timedelta(days=1)
        waiting = (
            select(comments.c.fingerprint)
            .where(is_flagged, comments.c.submitted_at >= since, comment_in_scope(self._scope))
            .limit(_WAITING)
            .subquery()
        )
        alike = (
            select(waiting.c.fingerprint)
            .where(waiting.c.fingerprint.is_not(None))
            .group_by(waiting.c.fingerprint)
            .having(func.count() >= SMALLEST)
            .subquery()
        )
        with self._database.read() as connection:
            number: int = connection.execute(select(func.count()).select_from(alike)).scalar_one()
        return number

    def _ids_of_sites(self, site: str | None) -> Select[Any]:
        """In this form the index of fingerprints, which has the site first, answers."""
        query = select(sites.c.id).where(site_in_scope(self._scope))
        return query if site is None else query.where(sites.c.name == site)


_NEWEST = select(comments.c.fingerprint, comments.c.site_id).order_by(
    comments.c.submitted_at.desc(), comments.c.id.desc()
)
_STATES = [status for status in Status if status is not Status.ERASED]  # that has no text
_COUNTED = select(
    comments.c.fingerprint,
    func.count().label("number"),
    func.count(comments.c.name.distinct()).label("names"),
    func.count(comments.c.address_hash.distinct()).label("addresses"),
    func.count(comments.c.page_id.distinct()).label("pages"),
    func.min(comments.c.submitted_at, type_=UtcTime).label("first_at"),
    func.max(comments.c.submitted_at, type_=UtcTime).label("last_at"),
    func.max(comments.c.id).label("newest"),
    *(
        func.sum(case((comments.c.status == status, 1), else_=0)).label(status)
        for status in _STATES
    ),
).group_by(comments.c.fingerprint)


def _repeated(since: datetime, of_sites: Select[Any], looked_at: int) -> Select[Any]:
    """Select the fingerprints that come often enough, the most frequent first."""
    newest = _NEWEST.where(comments.c.submitted_at >= since).limit(looked_at).subquery()
    return (
        select(newest.c.fingerprint)
        .where(newest.c.fingerprint.is_not(None), newest.c.site_id.in_(of_sites))
        .group_by(newest.c.fingerprint)
        .having(func.count() >= SMALLEST)
        .order_by(func.count().desc(), newest.c.fingerprint)
        .limit(_CANDIDATES)
    )


def _has(fingerprints: Sequence[str]) -> ColumnElement[bool]:
    return comments.c.fingerprint.in_(fingerprints)


def _is_campaign(row: Row[Any]) -> bool:
    return bool(row.number >= SMALLEST and (row.names > 1 or row.pages > 1))


def _size(row: Row[Any]) -> tuple[int, datetime, str]:
    return row.number, row.last_at, row.fingerprint


def _following(ordered: Sequence[Row[Any]], after: str | None) -> Sequence[Row[Any]]:
    if after is None:
        return ordered
    places = [place for place, row in enumerate(ordered) if row.fingerprint == after]
    if not places:
        raise CampaignNotFound(after)
    return ordered[places[0] + 1 :]


def _to_campaign(
    connection: Connection, row: Row[Any], conditions: Sequence[ColumnElement[bool]]
) -> Campaign:
    alike = (comments.c.fingerprint == row.fingerprint, *conditions)
    texts = (
        select(comments.c.text)
        .where(*alike)
        .group_by(comments.c.text)
        .order_by(func.count().desc(), func.min(comments.c.id))
        .limit(_SPELLINGS)
    )
    newest = select(comments.c.public_id).where(comments.c.id == row.newest)
    names = select(sites.c.name).join(comments, comments.c.site_id == sites.c.id).where(*alike)
    return Campaign(
        fingerprint=row.fingerprint,
        number=row.number,
        states={status: number for status in _STATES if (number := row._mapping[status])},
        names=row.names,
        addresses=row.addresses,
        pages=row.pages,
        sites=sorted(connection.execute(names.distinct()).scalars()),
        first_at=row.first_at,
        last_at=row.last_at,
        texts=connection.execute(texts).scalars().all(),
        newest=connection.execute(newest).scalar_one(),
    )
