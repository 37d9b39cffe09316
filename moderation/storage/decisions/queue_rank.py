"""Store what the queue is sorted by, for comments that enter it."""

from collections.abc import Sequence

from sqlalchemy import Connection, case, func, select

from moderation.policy import DECIDING
from moderation.storage.comments.counted_scores import counted_score
from moderation.storage.schema.comments import comments, scores

_toxicity, _spam = (func.coalesce(counted_score(attribute), 0.0) for attribute in DECIDING)
_max_score = case((_toxicity >= _spam, _toxicity), else_=_spam)


def store_sort_keys(connection: Connection, comment_ids: Sequence[int]) -> None:
    """Store the highest score and the uncertainty of comments that enter the queue."""
    if not comment_ids:
        return
    score = select(_max_score).where(scores.c.comment_id == comments.c.id).scalar_subquery()
    statement = (
        comments.update()
        .where(comments.c.id.in_(sorted(comment_ids)))
        .values(
            max_score=func.coalesce(score, 0.0),
            uncertainty=func.coalesce(func.abs(score - 0.5), 0.0),
        )
    )
    connection.execute(statement)
