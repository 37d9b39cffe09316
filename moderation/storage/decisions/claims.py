"""Claim pending comments by a lease, and settle them by compare-and-set."""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from moderation.clock import Clock
from moderation.comments import SETTLED, Actor, Status
from moderation.policy import ATTRIBUTES, Decision
from moderation.review.sampling_rule import Sampled, no_sample
from moderation.sanctions import SanctionKind
from moderation.storage.database.engine import Database
from moderation.storage.decisions.active_sanctions import kinds_in_force
from moderation.storage.decisions.backlog import LEASE, any_comment, is_unclaimed
from moderation.storage.decisions.records import DecisionRecord, record_decisions
from moderation.storage.schema.comments import comments, is_pending, name_score, scores
from moderation.storage.schema.review import samples


@dataclass(frozen=True, slots=True)
class ClaimedComment:
    """A pending comment this claim holds; `attempts` counts this one too.

    `sanction` is the strictest in force on its author.
    """

    id: int
    site_id: int
    name: str
    text: str
    attempts: int
    sanction: SanctionKind | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Comments held until the lease ends; only the token's holder may settle them."""

    token: str
    comments: tuple[ClaimedComment, ...]


@dataclass(frozen=True, slots=True)
class DecidedComment:
    """What was found out about a claimed comment; `scores` is None where scoring failed."""

    id: int
    decision: Decision
    scores: Mapping[str, float] | None
    model: str | None
    name_scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Settled:
    """A claimed comment whose status this claim has changed; `version` is the one after it."""

    scored: DecidedComment
    public_id: str
    page_id: int
    version: int


class PendingComments:
    """The way from pending to decided, for any number of workers at once."""

    def __init__(self, database: Database, clock: Clock, sampled: Sampled = no_sample) -> None:
        self._database = database
        self._clock = clock
        self._sampled = sampled

    def claim(self, limit: int) -> Claim:
        """Hold up to `limit` comments never tried, or else one that was."""
        claim = self._claim(comments.c.attempts == 0, limit)
        return claim if claim.comments else self.claim_retry()

    def claim_retry(self) -> Claim:
        """Hold the oldest comment that was tried, if any is free.

        A comment that killed its worker is so tried alone, and takes no other with it.
        """
        return self._claim(comments.c.attempts > 0, 1)

    def _claim(self, condition: ColumnElement[bool], limit: int) -> Claim:
        token, now = secrets.token_urlsafe(12), self._clock()
        free, lease = is_unclaimed(now) & condition, {"lease_until": now + LEASE}
        # Asked first, since to write SQLite must wait its turn.
        with self._database.read() as connection:
            if not any_comment(connection, free):
                return Claim(token, ())
        with self._database.write() as connection:
            claimed = _claim_some(connection, free, limit, {**lease, "lease_token": token})
            kinds = kinds_in_force(connection, [comment.id for comment in claimed], now)
        return Claim(
            token, tuple(replace(comment, sanction=kinds.get(comment.id)) for comment in claimed)
        )

    def settle(self, claim: Claim, scored: Sequence[DecidedComment]) -> int:
        """Decide what the claim still holds; returns how many. The rest was decided elsewhere."""
        with self._database.write() as connection:
            now = self._clock()
            settled = _change_status(connection, claim.token, scored)
            _write_scores(connection, settled)
            record_decisions(connection, [_to_record(comment, now) for comment in settled])
            self._sample(connection, settled, now)
        return len(settled)

    def _sample(self, connection: Connection, settled: Sequence[_Settled], now: datetime) -> None:
        """Put some of what no person would see otherwise before one.

        In the transaction that decides, so that none is forgotten.
        """
        rows = [
            {
                "comment_id": comment.scored.id,
                "version": comment.version,
                "status": comment.scored.decision.status,
                "chosen_at": now,
            }
            for comment in settled
            if comment.scored.decision.status in SETTLED and self._sampled(comment.public_id)
        ]
        if rows:
            connection.execute(samples.insert(), rows)


def _claim_some(
    connection: Connection, free: ColumnElement[bool], limit: int, lease: Mapping[str, object]
) -> tuple[ClaimedComment, ...]:
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
        .values(attempts=comments.c.attempts + 1, **lease)
        .returning(
            comments.c.id,
            comments.c.site_id,
            comments.c.name,
            comments.c.text,
            comments.c.attempts,
        )
    )
    rows = connection.execute(statement)
    return tuple(sorted((ClaimedComment(*row) for row in rows), key=lambda claimed: claimed.id))


def _change_status(
    connection: Connection, token: str, scored: Sequence[DecidedComment]
) -> list[_Settled]:
    """The compare-and-set, one statement a status: what it returns is ours to decide."""
    ids_by_status = defaultdict(list)
    for comment in scored:
        ids_by_status[comment.decision.status].append(comment.id)
    changed: dict[int, Row[Any]] = {}
    for status, ids in sorted(ids_by_status.items()):
        statement = (
            comments.update()
            .where(comments.c.id.in_(sorted(ids)), is_pending, comments.c.lease_token == token)
            .values(
                status=status,
                automatic_status=status if status in SETTLED else None,
                version=comments.c.version + 1,
                lease_token=None,
            )
            .returning(comments.c.id, comments.c.public_id, comments.c.page_id, comments.c.version)
        )
        changed.update({row.id: row for row in connection.execute(statement)})
    return [
        _Settled(comment, row.public_id, row.page_id, row.version)
        for comment in scored
        if (row := changed.get(comment.id)) is not None
    ]


def _write_scores(connection: Connection, settled: Sequence[_Settled]) -> None:
    rows = [
        {
            "comment_id": scored.id,
            "model": scored.model,
            # Another language's model gives toxicity alone; the rest is not known.
            **{attribute: scored.scores.get(attribute) for attribute in ATTRIBUTES},
            **{name_score(name): scored.name_scores.get(name) for name in ATTRIBUTES},
        }
        for scored in (comment.scored for comment in settled)
        if scored.scores is not None
    ]
    if rows:
        connection.execute(scores.insert(), rows)


def _to_record(settled: _Settled, now: datetime) -> DecisionRecord:
    decision = settled.scored.decision
    return DecisionRecord(
        comment_id=settled.scored.id,
        page_id=settled.page_id,
        version=settled.version,
        actor=Actor.POLICY,
        from_status=Status.PENDING,
        to_status=decision.status,
        reasons=decision.reasons,
        section=decision.section,
        decided_at=now,
    )
