"""Claim pending comments by a lease, and settle them by compare-and-set."""

import secrets
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate
from typing import Any

from sqlalchemy import Connection, bindparam

from moderation.choices.safeguards import Catch
from moderation.clock import Clock
from moderation.comments import MAX_TEXT, SETTLED, Actor, Status
from moderation.policy import ATTRIBUTES, Decision
from moderation.review.sampling_rule import Sampled, no_sample
from moderation.sanctions import SanctionKind
from moderation.storage.database.bulk_insert import insert_rows
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import Database
from moderation.storage.database.listed_numbers import is_listed
from moderation.storage.decisions.active_sanctions import kinds_in_force
from moderation.storage.decisions.backlog import LEASE
from moderation.storage.decisions.free_comments import (
    NEVER_TRIED,
    RELEASE,
    TRIED,
    FreeComments,
    free_at,
)
from moderation.storage.decisions.records import DecisionRecord, record_decisions
from moderation.storage.schema.comments import comments, is_pending, name_score, scores
from moderation.storage.schema.review import samples

# Of one claim's texts: that many are scored within a third of the lease.
MOST_CHARACTERS = 128 * MAX_TEXT


@dataclass(frozen=True, slots=True)
class ClaimedComment:
    """A pending comment this claim holds; `attempts` counts this one too.

    `sanction` is the strictest in force on its author, `catch` what tells of a program.
    """

    id: int
    site_id: int
    name: str
    text: str
    attempts: int
    catch: Catch | None = None
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
        """Hold up to `limit` comments never tried, or else one that was.

        Fewer where their texts have more than MOST_CHARACTERS together.
        """
        claim = self._claim(NEVER_TRIED, limit)
        return claim if claim.comments else self.claim_retry()

    def claim_retry(self) -> Claim:
        """Hold the oldest comment that was tried, if any is free.

        A comment that killed its worker is so tried alone, and takes no other with it.
        """
        return self._claim(TRIED, 1)

    def _claim(self, among: FreeComments, limit: int) -> Claim:
        token, now = secrets.token_urlsafe(12), self._clock()
        free = free_at(now)
        # Asked first, since to write SQLite must wait its turn.
        with self._database.read() as connection:
            if among.any.first(connection, free) is None:
                return Claim(token, ())
        lease = {"most": limit, "until": now + LEASE, "token": token}
        # Not durable: a claim that a power cut undoes leaves its comments free.
        with self._database.write(durable=False) as connection:
            claimed = _fitting(connection, _claim_some(connection, among, {**free, **lease}))
            kinds = kinds_in_force(connection, [comment.id for comment in claimed], now)
        if kinds:
            claimed = [replace(comment, sanction=kinds.get(comment.id)) for comment in claimed]
        return Claim(token, tuple(claimed))

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
        insert_rows(connection, samples, rows)


def _claim_some(
    connection: Connection, among: FreeComments, lease: Mapping[str, object]
) -> Sequence[ClaimedComment]:
    rows = among.claim.all(connection, lease)
    return sorted(map(_to_claimed, rows), key=lambda claimed: claimed.id)


def _fitting(connection: Connection, claimed: Sequence[ClaimedComment]) -> Sequence[ClaimedComment]:
    """The first ones, which are scored well within the lease; the others are as they were."""
    lengths = accumulate(len(comment.text) for comment in claimed)
    fitting = max(1, bisect_right(list(lengths), MOST_CHARACTERS))
    rest = [comment.id for comment in claimed[fitting:]]
    if rest:
        RELEASE.run(connection, [{"comment_ids": rest}])
    return claimed[:fitting]


def _to_claimed(row: Any) -> ClaimedComment:
    catch = None if row.caught_by is None else Catch(row.caught_by)
    return ClaimedComment(row.id, row.site_id, row.name, row.text, row.attempts, catch)


_CHANGE_STATUS = DriverStatement(
    comments.update()
    .where(
        is_listed(comments.c.id, "comment_ids"),
        is_pending,
        comments.c.lease_token == bindparam("token"),
    )
    .values(
        status=bindparam("to_status"),
        automatic_status=bindparam("automatic"),
        version=comments.c.version + 1,
        lease_token=None,
    )
    .returning(comments.c.id, comments.c.public_id, comments.c.page_id, comments.c.version)
)


def _change_status(
    connection: Connection, token: str, scored: Sequence[DecidedComment]
) -> list[_Settled]:
    """The compare-and-set, one statement a status: what it returns is ours to decide."""
    ids_by_status = defaultdict(list)
    for comment in scored:
        ids_by_status[comment.decision.status].append(comment.id)
    changed: dict[int, Any] = {}
    for status, ids in sorted(ids_by_status.items()):
        change = {
            "comment_ids": sorted(ids),
            "token": token,
            "to_status": status,
            "automatic": status if status in SETTLED else None,
        }
        changed.update({row.id: row for row in _CHANGE_STATUS.all(connection, change)})
    return [
        _Settled(comment, row.public_id, row.page_id, row.version)
        for comment in scored
        if (row := changed.get(comment.id)) is not None
    ]


_SCORES = ("comment_id", "model", *ATTRIBUTES, *map(name_score, ATTRIBUTES))


def _write_scores(connection: Connection, settled: Sequence[_Settled]) -> None:
    rows = [
        dict(zip(_SCORES, _score_values(comment.scored, comment.scored.scores), strict=True))
        for comment in settled
        if comment.scored.scores is not None
    ]
    insert_rows(connection, scores, rows)


def _score_values(scored: DecidedComment, of_text: Mapping[str, float]) -> Sequence[Any]:
    """In the order of _SCORES. Another language's model gives toxicity alone; the rest is None."""
    of_name = scored.name_scores
    return (scored.id, scored.model, *map(of_text.get, ATTRIBUTES), *map(of_name.get, ATTRIBUTES))


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
