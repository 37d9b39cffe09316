"""What Parley's own file says of a comment beside its text: decisions, scores, who of the site."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from moderation.storage.decisions.records import DecisionRecord, keep_decisions
from moderation.storage.moving.parley_rows import (
    KeptDecision,
    earlier_columns,
    kept_decision,
    score_columns,
)
from moderation.storage.moving.staging import Staging
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.comments import comments, earlier_texts, scores

_DECISIONS = "SELECT fields FROM parley WHERE comment = ? AND kind = 'decision' ORDER BY rowid"


def keep_state(
    connection: Connection,
    staged: Staging,
    staged_rows: Sequence[sqlite3.Row],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """Store decisions, scores and earlier texts of comments that were just inserted.

    A moderator who is unknown here is left out: the decision stays a moderator's.

    Args:
        connection: The transaction.
        staged: Where the decisions are.
        staged_rows: The comments as their file has them.
        rows: The same as they are stored.
    """
    pairs = [pair for pair in zip(staged_rows, rows, strict=True) if pair[0]["state"]]
    if not pairs:
        return
    known = connection.execute(select(moderators.c.name, moderators.c.id))
    ids = {row.name: row.id for row in known}
    kept_scores: list[dict[str, Any]] = []
    earlier: list[dict[str, Any]] = []
    records: list[DecisionRecord] = []
    for staged_row, row in pairs:
        state = json.loads(staged_row["state"])
        if (columns := score_columns(state)) is not None:
            kept_scores.append({"comment_id": row["id"], **columns})
        if (staff := ids.get(state.get("staff"))) is not None:
            mark = comments.update().where(comments.c.id == row["id"])
            connection.execute(mark.values(staff_id=staff))
        earlier += [{"comment_id": row["id"], **kept} for kept in earlier_columns(state)]
        records += _records(staged, staged_row["id"], row, ids)
    _insert(connection, scores, kept_scores)
    _insert(connection, earlier_texts, earlier)
    keep_decisions(connection, records)


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def _records(
    staged: Staging, source_id: str, row: Mapping[str, Any], moderator_ids: Mapping[str, int]
) -> list[DecisionRecord]:
    lines = staged.connection.execute(_DECISIONS, (source_id,))
    kept = [kept_decision(json.loads(line["fields"])) for line in lines]
    by_version = {decision.version: decision for decision in kept}
    return [_record(decision, row, moderator_ids) for decision in by_version.values()]


def _record(
    decision: KeptDecision, row: Mapping[str, Any], moderator_ids: Mapping[str, int]
) -> DecisionRecord:
    return DecisionRecord(
        comment_id=row["id"],
        page_id=row["page_id"],
        version=decision.version,
        actor=decision.actor,
        from_status=decision.from_status,
        to_status=decision.to_status,
        reasons=decision.reasons,
        decided_at=decision.decided_at,
        moderator_id=moderator_ids.get(decision.moderator or ""),
    )
