"""One transaction of a bulk: which comments it changes, and what the audit log says of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

from sqlalchemy import Connection, select

from moderation.accounts.moderators import AccessScope
from moderation.audit_chain import AuditEntry
from moderation.clock import Clock
from moderation.comments import Status
from moderation.storage.comments.visibility import comment_in_scope
from moderation.storage.decisions.moderator_decisions import (
    DecisionChange,
    ModeratorDecision,
    ObservedComment,
    ObservedState,
    audit_entries,
    decide_comments,
)
from moderation.storage.schema.comments import comments
from moderation.storage.schema.sites import sites
from moderation.storage.search.search import Hit
from moderation.storage.system.audit_log import append_audit

MadeDecision = tuple[int, ObservedState, ModeratorDecision]  # of the comment with this internal id


class BulkTransactions:
    """Changes many comments at once, where they still are as they were seen and in scope."""

    def __init__(self, clock: Clock, scope: AccessScope) -> None:
        self._clock = clock
        self._scope = scope

    def decide(self, connection: Connection, decisions_made: Iterable[MadeDecision]) -> None:
        """Make these decisions in the connection's transaction."""
        groups: defaultdict[tuple[ObservedState, ModeratorDecision], list[int]] = defaultdict(list)
        for comment_id, observed, decision in decisions_made:
            groups[observed, decision].append(comment_id)
        _lock(connection, list(chain.from_iterable(groups.values())))
        changes = [
            DecisionChange(
                comments.c.id.in_(ids) & comment_in_scope(self._scope), observed, decision
            )
            for (observed, decision), ids in groups.items()
        ]
        entries: list[AuditEntry] = []
        for change, changed in zip(changes, decide_comments(connection, changes), strict=True):
            entries += audit_entries(connection, changed, change.observed, change.decision)
        append_audit(connection, self._clock(), *entries)

    def chosen(
        self, connection: Connection, chosen: Sequence[ObservedComment]
    ) -> tuple[list[Hit], list[str]]:
        """Return the chosen comments that are in scope, as they were seen; and their sites' names.

        What was changed since it was seen keeps its old version here, so that nothing decides it.
        """
        states = {comment.id: comment.state for comment in chosen}
        query = (
            select(comments.c.id, comments.c.public_id, sites.c.name)
            .join(sites, sites.c.id == comments.c.site_id)
            .where(comments.c.public_id.in_(list(states)), comment_in_scope(self._scope))
        )
        rows = connection.execute(query).all()
        hits = [
            Hit(row.id, Status(states[row.public_id].status), states[row.public_id].version)
            for row in rows
        ]
        return hits, sorted({row.name for row in rows})


def _lock(connection: Connection, ids: Sequence[int]) -> None:
    """In one order, so that two bulks on the same comments wait, not deadlock (PostgreSQL).

    Not against who only refers to them, as replies, reports and notes do.
    """
    query = select(comments.c.id).where(comments.c.id.in_(ids)).order_by(comments.c.id)
    connection.execute(query.with_for_update(key_share=True))
