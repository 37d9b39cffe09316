"""Claim pending comments by a lease, and settle them by compare-and-set."""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, select

from moderation.clock import Clock
from moderation.comments import SETTLED, Status, Who
from moderation.policy import Decision
from moderation.review.sampling_rule import Sampled, no_sample
from moderation.sanctions import Kind
from moderation.storage.database.engine import Database
from moderation.storage.decisions.active_sanctions import kinds_in_force
from moderation.storage.decisions.records import DecisionRecord, record_decisions
from moderation.storage.schema.comments import comments, is_pending, scores
from moderation.storage.schema.review import samples

# At least three times the worst batch: 64 comments of 10,000 characters score in about 2 s.
LEASE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A pending comment this claim holds; `attempts` counts this one too.

    `sanction` is the strictest in force on its author.
    """

    id: int
    site_id: int
    text: str
    attempts: int
    sanction: Kind | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Comments held until the lease ends; only the token's holder may settle them."""

    token: str
    comments: tuple[Claimed, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """What was found out about a claimed comment; `scores` is None where scoring failed."""

    id: int
    decision: Decision
    scores: Mapping[str, float] | None
    model: str | None


class Scoring:
    """The way from pending to decided, for any number of workers at once."""

    def __init__(self, database: Database, clock: Clock, sampled: Sampled = no_sample) -> None:
        self._database = database
        self._clock = clock
        self._sampled = sampled

    def claim(self, limit: int) -> Claim:
        """Hold up to `limit` comments never tried, or else one that was.

        A comment that killed its worker is so tried alone, and takes no other with it.
        """
        token, now = secrets.token_urlsafe(12), self._clock()
        # Asked first, since to write SQLite must wait its turn.
        with self._database.read() as connection:
            if not any_comment(connection, is_unclaimed(now)):
                return Claim(token, ())
        with self._database.write() as connection:
            claimed = _claim_some(connection, token, now, comments.c.attempts == 0, limit)
            claimed = claimed or _claim_some(connection, token, now, comments.c.attempts > 0, 1)
            kinds = kinds_in_force(connection, [comment.id for comment in claimed], now)
        return Claim(
            token, tuple(replace(comment, sanction=kinds.get(comment.id)) for comment in claimed)
        )

    def settle(self, claim: Claim, scored: Sequence[Scored]) -> int:
        """Decide what the claim still holds; returns how many. The rest was decided elsewhere."""
        with self._database.write() as connection:
            now = self._clock()
            settled = _change_status(connection, claim.token, scored)
            _write_scores(connection, settled)
            record_decisions(connection, [_to_record(each, now) for each in settled])
            self._sample(connection, settled, now)
        return len(settled)

    def _sample(self, connection: Connection, settled: Sequence["_Settled"], now: datetime) -> None:
        """Put some of what no person would see otherwise before one.

        In the transaction that decides, so that none is forgotten.
        """
        rows = [
            {
                "comment_id": each.scored.id,
                "version": each.version,
                "status": each.scored.decision.status,
                "chosen_at": now,
            }
            for each in settled
            if each.scored.decision.status in SETTLED and self._sampled(each.public_id)
        ]
        if rows:
            connection.execute(samples.insert(), rows)


@dataclass(frozen=True, slots=True)
class _Settled:
    """A claimed comment whose status this claim has changed; `version` is the one after it."""

    scored: Scored
    public_id: str
    page_id: int
    version: int


def is_unclaimed(now: datetime) -> ColumnElement[bool]:
    """Pending, and no worker holds it."""
    return and_(is_pending, comments.c.lease_until < now)


def any_comment(connection: Connection, condition: ColumnElement[bool]) -> bool:
    """Whether there is a comment like this."""
    return connection.execute(select(comments.c.id).where(condition).limit(1)).first() is not None


def _claim_some(
    connection: Connection, token: str, now: datetime, which: ColumnElement[bool], limit: int
) -> tuple[Claimed, ...]:
    free = and_(is_unclaimed(now), which)
    oldest = (
        select(comments.c.id)
        .where(free)
        .order_by(comments.c.attempts, comments.c.id)
        .limit(limit)
        # PostgreSQL only: without it workers deadlock (measured). SQLite has one writer anyway.
        .with_for_update(skip_locked=True)
        # As a plain subquery PostgreSQL may run it once a row, and so claim more than the limit.
        .cte("oldest")
    )
    statement = (
        comments.update()
        .where(comments.c.id.in_(select(oldest.c.id)), free)
        .values(lease_until=now + LEASE, lease_token=token, attempts=comments.c.attempts + 1)
        .returning(comments.c.id, comments.c.site_id, comments.c.text, comments.c.attempts)
    )
    rows = connection.execute(statement)
    return tuple(sorted((Claimed(*row) for row in rows), key=lambda claimed: claimed.id))


def _change_status(connection: Connection, token: str, scored: Sequence[Scored]) -> list[_Settled]:
    """The compare-and-set, one statement a status: what it returns is ours to decide."""
    ids = defaultdict(list)
    for each in scored:
        ids[each.decision.status].append(each.id)
    changed: dict[int, Row[Any]] = {}
    for status, of_status in sorted(ids.items()):
        statement = (
            comments.update()
            .where(
                comments.c.id.in_(sorted(of_status)),
                is_pending,
                comments.c.lease_token == token,
            )
            .values(status=status, version=comments.c.version + 1, lease_token=None)
            .returning(comments.c.id, comments.c.public_id, comments.c.page_id, comments.c.version)
        )
        changed.update({row.id: row for row in connection.execute(statement)})
    return [
        _Settled(each, row.public_id, row.page_id, row.version)
        for each in scored
        if (row := changed.get(each.id)) is not None
    ]


def _write_scores(connection: Connection, settled: Sequence[_Settled]) -> None:
    rows = [
        {"comment_id": each.scored.id, "model": each.scored.model, **each.scored.scores}
        for each in settled
        if each.scored.scores is not None
    ]
    if rows:
        connection.execute(scores.insert(), rows)


def _to_record(settled: _Settled, now: datetime) -> DecisionRecord:
    decision = settled.scored.decision
    return DecisionRecord(
        comment_id=settled.scored.id,
        page_id=settled.page_id,
        version=settled.version,
        who=Who.POLICY,
        from_status=Status.PENDING,
        to_status=decision.status,
        reasons=decision.reasons,
        decided_at=now,
    )
