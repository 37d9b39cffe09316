"""Which rejected comments a site does not keep any more, and their erasure."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, select

from moderation.clock import Clock
from moderation.comments import Status
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.erasures import Erasures
from moderation.storage.schema.comments import comments, is_rejected
from moderation.storage.schema.decisions import decisions, is_latest
from moderation.storage.schema.review import appeals, is_undecided

AT_ONCE = 200  # comments in one transaction


class Purges:
    """Erases the texts of comments that were rejected longer ago than their sites keep them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def has_due(self) -> bool:
        """Whether there is one to erase."""
        return any(self._ids(site, 1) for site in self._purging())

    def purge(self) -> int:
        """Erase some; returns how many, 0 where none is left."""
        erasures = Erasures(self._database, self._clock)
        return sum(erasures.by_rule(self._ids(site, AT_ONCE)) for site in self._purging())

    def _purging(self) -> Iterator[Site]:
        for site in Sites(self._database, self._clock).all():
            if site.safeguards.purge_days is not None:
                yield site

    def _ids(self, site: Site, most: int) -> list[int]:
        with self._database.read() as connection:
            return list(connection.execute(self._due(site).limit(most)).scalars())

    def _due(self, site: Site) -> Select[Any]:
        """Those decided before, without an appeal that waits for an answer."""
        days = timedelta(days=site.safeguards.purge_days or 0)
        waits = select(appeals.c.comment_id).where(
            appeals.c.comment_id == comments.c.id, is_undecided
        )
        return (
            select(comments.c.id)
            .join(decisions, is_latest)
            .where(
                is_rejected,
                comments.c.status == Status.REJECTED,
                comments.c.site_id == site.id,
                decisions.c.decided_at <= self._clock() - days,
                ~waits.exists(),
            )
            .order_by(comments.c.id)
        )
