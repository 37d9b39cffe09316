"""Which decisions of moderators were taken back, and which only take one back."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from moderation.comments import SETTLED, Actor
from moderation.storage.schema.decisions import decisions


def takes_back(decision: Any) -> ColumnElement[bool]:
    """Match a decision that gives the comment the status from before one of the same moderator.

    Or of the same bulk, which another moderator may have undone. Who decides what was put back into
    the queue takes nothing back.
    """
    before = decisions.alias()
    return exists().where(
        before.c.version == decision.c.version - 1,
        before.c.to_status.in_(SETTLED),
        before.c.from_status == decision.c.to_status,
        *_by_the_same(before, decision),
    )


def is_taken_back(decision: Any) -> ColumnElement[bool]:
    """Match a decision that the next one about the comment takes back."""
    after = decisions.alias()
    return exists().where(
        after.c.version == decision.c.version + 1,
        after.c.to_status == decision.c.from_status,
        *_by_the_same(after, decision),
    )


def _by_the_same(one: Any, other: Any) -> tuple[ColumnElement[bool], ...]:
    return (
        one.c.comment_id == other.c.comment_id,
        and_(one.c.actor == Actor.MODERATOR, other.c.actor == Actor.MODERATOR),
        or_(one.c.moderator_id == other.c.moderator_id, one.c.bulk_id == other.c.bulk_id),
    )
