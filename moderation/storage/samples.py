"""The audit sample: what people say to decisions the policy took, not knowing what it decided."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Connection, func, select, type_coerce
from sqlalchemy.exc import IntegrityError

from moderation.clock import Clock
from moderation.comments import CommentNotFound, Status
from moderation.storage.cards import Card, cards_of
from moderation.storage.engine import Database
from moderation.storage.tables import (
    EPOCH,
    comments,
    decisions,
    sample_reviews,
    samples,
    sites,
)

_DAY = 86_400_000_000  # microseconds
AUTOMATIC = (Status.APPROVED, Status.REJECTED)


class ReviewedAlready(ValueError):
    """Somebody looked at this comment of the sample before, or it was changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Review:
    """What came of looking: what the policy had decided, what the moderator would have."""

    card: Card
    policy: Status
    moderator: Status

    @property
    def agrees(self) -> bool:
        return self.policy is self.moderator


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one day (UTC) and site: how often people agreed with a decision of the policy.

    `overturned` counts the policy's decisions that a moderator changed that day, sampled or not.
    """

    day: date
    site: str
    agreed: int = 0
    disagreed: int = 0
    overturned: int = 0


class Samples:
    """What was chosen, and what moderators said to it; never changed afterwards."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def number(self) -> int:
        """How many wait to be looked at."""
        query = select(func.count()).select_from(_waiting().subquery())
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def oldest(self, limit: int) -> list[Card]:
        """At most `limit` that wait, oldest first; what was changed since is left out."""
        query = _waiting().order_by(samples.c.comment_id).limit(limit)
        with self._database.read() as connection:
            return cards_of(connection, list(connection.execute(query).scalars()))

    def review(self, comment_id: str, status: Status, *, moderator_id: int) -> Review:
        """Note what a moderator would decide; raises CommentNotFound, ReviewedAlready."""
        try:
            with self._database.write() as connection:
                chosen = _chosen(connection, comment_id)
                if (chosen.version, chosen.status) != (chosen.now_version, chosen.now_status):
                    raise ReviewedAlready(_TOO_LATE)
                values = {
                    "comment_id": chosen.comment_id,
                    "moderator_id": moderator_id,
                    "status": status,
                    "agrees": status == chosen.status,
                    "reviewed_at": self._clock(),
                }
                connection.execute(sample_reviews.insert().values(values))
        except IntegrityError as error:
            raise ReviewedAlready(_TOO_LATE) from error
        return self.reviewed(comment_id)

    def reviewed(self, comment_id: str) -> Review:
        """What came of looking at it; raises CommentNotFound where nobody has."""
        with self._database.read() as connection:
            chosen = _chosen(connection, comment_id)
            query = select(sample_reviews.c.status).where(
                sample_reviews.c.comment_id == chosen.comment_id
            )
            said = connection.execute(query).scalar()
            if said is None:
                raise CommentNotFound(comment_id)
            (card,) = cards_of(connection, [chosen.comment_id])
        return Review(card, Status(chosen.status), Status(said))

    def agreement(self, since: datetime, until: datetime) -> list[Agreement]:
        """By day and site, for moments from `since` to before `until`."""
        found: defaultdict[tuple[date, str], Counter[str]] = defaultdict(Counter)
        with self._database.read() as connection:
            for row in connection.execute(_reviews(since, until)):
                name = "agreed" if row.agrees else "disagreed"
                found[_place(row)][name] = row.number
            for row in connection.execute(_overturned(since, until)):
                found[_place(row)]["overturned"] = row.number
        return [
            Agreement(day, site, each["agreed"], each["disagreed"], each["overturned"])
            for (day, site), each in sorted(found.items())
        ]


_TOO_LATE = "somebody looked at this comment before you, or changed it"


def add_to_sample(connection: Connection, rows: Sequence[dict[str, object]]) -> None:
    """Chosen in the transaction that decides, so that none is forgotten."""
    if rows:
        connection.execute(samples.insert(), rows)


def _waiting() -> Any:
    unchanged = (comments.c.id == samples.c.comment_id) & (comments.c.version == samples.c.version)
    seen = select(sample_reviews.c.comment_id).where(
        sample_reviews.c.comment_id == samples.c.comment_id
    )
    joined = samples.join(comments, unchanged)
    return select(samples.c.comment_id).select_from(joined).where(~seen.exists())


def _chosen(connection: Connection, comment_id: str) -> Any:
    query = (
        select(
            samples,
            comments.c.version.label("now_version"),
            comments.c.status.label("now_status"),
        )
        .join(comments, comments.c.id == samples.c.comment_id)
        .where(comments.c.public_id == comment_id)
    )
    row = connection.execute(query).first()
    if row is None:
        raise CommentNotFound(comment_id)
    return row


def _day(moment: Any) -> Any:
    return (type_coerce(moment, BigInteger) // _DAY).label("day")


def _reviews(since: datetime, until: datetime) -> Any:
    at = sample_reviews.c.reviewed_at
    day = _day(at)
    return (
        select(day, sites.c.name, sample_reviews.c.agrees, func.count().label("number"))
        .select_from(
            sample_reviews.join(comments, comments.c.id == sample_reviews.c.comment_id).join(
                sites, sites.c.id == comments.c.site_id
            )
        )
        .where(at >= since, at < until)
        .group_by(day, sites.c.name, sample_reviews.c.agrees)
    )


def _overturned(since: datetime, until: datetime) -> Any:
    """A moderator's decision right after one of the policy that was not to flag."""
    before = decisions.alias("before")
    follows = (before.c.comment_id == decisions.c.comment_id) & (
        before.c.version == decisions.c.version - 1
    )
    at = decisions.c.decided_at
    day = _day(at)
    return (
        select(day, sites.c.name, func.count().label("number"))
        .select_from(
            decisions.join(before, follows)
            .join(comments, comments.c.id == decisions.c.comment_id)
            .join(sites, sites.c.id == comments.c.site_id)
        )
        .where(decisions.c.moderator_id.is_not(None), at >= since, at < until)
        .where(before.c.who == "policy", before.c.to_status.in_(AUTOMATIC))
        .group_by(day, sites.c.name)
    )


def _place(row: Any) -> tuple[date, str]:
    return (EPOCH + timedelta(days=row.day)).date(), row.name
