"""Write the sort keys of comments that enter the queue."""

from collections.abc import Sequence

from sqlalchemy import Connection, case, func, select

from moderation.policy import DECIDING
from moderation.storage.schema.comments import comments, scores

_toxicity, _spam = (func.coalesce(scores.c[attribute], 0.0) for attribute in DECIDING)


_worst = case((_toxicity >= _spam, _toxicity), else_=_spam)


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
