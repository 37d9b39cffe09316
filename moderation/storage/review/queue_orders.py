"""The sections and orders of the queue, each along an index, and what follows a comment."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, true

from moderation.accounts.moderators import AccessScope
from moderation.comments import CommentNotFound, QueueSection
from moderation.storage.comments.visibility import comment_with_id
from moderation.storage.database.keyset import Keyset
from moderation.storage.schema.comments import comments


class QueueOrder(StrEnum):
    """What comes first."""

    OLDEST = "oldest"
    SCORE = "score"  # the highest of the scores that decide; what has none comes last
    # Nearest to one half: scores are calibrated, so there the model knows least, whatever the
    # site's thresholds are. What could not be scored comes first.
    UNCERTAINTY = "uncertainty"
    PAGE = "page"  # one page after the other, each oldest first


# Each has an index behind the section, and one behind site and section; all sections together have
# one for the oldest. Ties end with the comment's own number.
_KEYSETS = {
    QueueOrder.OLDEST: Keyset((comments.c.submitted_at, comments.c.id)),
    QueueOrder.SCORE: Keyset((comments.c.max_score, comments.c.id), descending=True),
    QueueOrder.UNCERTAINTY: Keyset((comments.c.uncertainty, comments.c.id)),
    QueueOrder.PAGE: Keyset((comments.c.page_id, comments.c.submitted_at, comments.c.id)),
}


def in_section(section: QueueSection | None) -> ColumnElement[bool]:
    """Return the condition for comments of one section; None means both."""
    return true() if section is None else comments.c.section == section


def order_by(order: QueueOrder) -> list[ColumnElement[Any]]:
    """Return what to order a query of comments by."""
    return _KEYSETS[order].order_by


def after_comment(
    connection: Connection, order: QueueOrder, comment_id: str, scope: AccessScope
) -> ColumnElement[bool]:
    """Return the condition for all that follows a comment in this order.

    Args:
        connection: The comment is looked up by it.
        order: The order of the queue.
        comment_id: The comment's public id.
        scope: Where the comment must be.

    Raises:
        CommentNotFound: No comment in scope has this id.
    """
    keyset = _KEYSETS[order]
    query = select(*keyset.columns).where(comment_with_id(comment_id, scope))
    row = connection.execute(query).first()
    if row is None:
        raise CommentNotFound(comment_id)
    return keyset.after(row)
