"""The orders of the queue: by what, along which index, and what follows a comment in each."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Tuple, select, tuple_

from moderation.accounts.moderators import Reach
from moderation.comments import CommentNotFound
from moderation.storage.comments.visibility import this_comment
from moderation.storage.schema.comments import comments


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
