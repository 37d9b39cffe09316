"""Store a comment's place in the queue when it enters: its section, and what that is sorted by."""

from collections.abc import Mapping

from sqlalchemy import Connection, case, func, select

from moderation.comments import QueueSection
from moderation.policy import DECIDING
from moderation.storage.comments.counted_scores import counted_score
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.listed_numbers import is_listed
from moderation.storage.schema.comments import comments, scores

_toxicity, _spam = (func.coalesce(counted_score(attribute), 0.0) for attribute in DECIDING)
_max_score = case((_toxicity >= _spam, _toxicity), else_=_spam)
_score = select(_max_score).where(scores.c.comment_id == comments.c.id).scalar_subquery()
_is_likely = is_listed(comments.c.id, "likely")
_STORE_KEYS = DriverStatement(
    comments.update()
    .where(is_listed(comments.c.id, "comment_ids"))
    .values(
        max_score=func.coalesce(_score, 0.0),
        uncertainty=func.coalesce(func.abs(_score - 0.5), 0.0),
        section=case((_is_likely, QueueSection.LIKELY_REJECTED), else_=comments.c.section),
    )
)

# Of flagged comments that a query counts, how many are likely to be rejected.
likely_number = func.coalesce(
    func.sum(case((comments.c.section == QueueSection.LIKELY_REJECTED, 1), else_=0)), 0
).label("likely")


def store_sort_keys(connection: Connection, sections: Mapping[int, QueueSection | None]) -> None:
    """Store section, highest score and uncertainty of comments that enter the queue.

    `sections` is by comment; None leaves the comment in the section where it was.
    """
    if not sections:
        return
    likely = [
        number for number, section in sections.items() if section is QueueSection.LIKELY_REJECTED
    ]
    _STORE_KEYS.run(connection, [{"comment_ids": sorted(sections), "likely": likely}])
