"""The orders of the queue: by what, along which index, and what follows a comment in each."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Tuple, case, func, select, tuple_

from moderation.accounts.moderators import Reach
from moderation.comments import CommentNotFound
from moderation.policy import DECIDING
from moderation.storage.comments.visibility import this_comment
from moderation.storage.schema.comments import comments, scores


class QueueOrder(StrEnum):
    """What comes first."""

    OLDEST = "oldest"
    SCORE = "score"  # the highest of the scores that decide; what has none comes last
    # Nearest to one half: scores are calibrated, so there the model knows least, whatever the
    # site's thresholds are. What could not be scored comes first.
    UNCERTAINTY = "uncertainty"
    PAGE = "page"  # one page after the other, each oldest first


# Each has an index, and one behind the site: ties end with the comment's own number.
_COLUMNS = {
    QueueOrder.OLDEST: (comments.c.submitted_at, comments.c.id),
    QueueOrder.SCORE: (comments.c.worst, comments.c.id),
    QueueOrder.UNCERTAINTY: (comments.c.doubt, comments.c.id),
    QueueOrder.PAGE: (comments.c.page_id, comments.c.submitted_at, comments.c.id),
}
_toxicity, _spam = (func.coalesce(scores.c[attribute], 0.0) for attribute in DECIDING)
_worst = case((_toxicity >= _spam, _toxicity), else_=_spam)


def by(order: QueueOrder) -> list[ColumnElement[Any]]:
    """What to order by."""
    descends = order is QueueOrder.SCORE
    return [column.desc() if descends else column.asc() for column in _COLUMNS[order]]


def following(
    connection: Connection, order: QueueOrder, after: str, reach: Reach
) -> ColumnElement[bool]:
    """What follows the comment with this public id; raises CommentNotFound, beyond reach too."""
    columns = _COLUMNS[order]
    row = connection.execute(select(*columns).where(this_comment(after, reach))).first()
    if row is None:
        raise CommentNotFound(after)
    place: Tuple = tuple_(*columns)
    return place < tuple(row) if order is QueueOrder.SCORE else place > tuple(row)


def rank(connection: Connection, ids: Sequence[int]) -> None:
    """Note where these comments stand in the queue that they enter."""
    if not ids:
        return
    score = select(_worst).where(scores.c.comment_id == comments.c.id).scalar_subquery()
    statement = (
        comments.update()
        .where(comments.c.id.in_(sorted(ids)))
        .values(worst=func.coalesce(score, 0.0), doubt=func.coalesce(func.abs(score - 0.5), 0.0))
    )
    connection.execute(statement)
