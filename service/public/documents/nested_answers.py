"""Comments of a thread as readers see them: answers below what they answer, down to some depth."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from moderation.storage.comments.pages import PublicComment

Answered = PublicComment | Literal["earlier"] | None


@dataclass(slots=True)
class NestedComment:
    """A comment with the answers below it.

    Attributes:
        answered: What it answers, where its place does not show that: the comment, or "earlier"
            for one that is not in the list.
        level: 1 for the first of a thread.
    """

    comment: PublicComment
    answered: Answered
    level: int
    answers: list["NestedComment"] = field(default_factory=list)


def nested(comments: Sequence[PublicComment], depth: int) -> list[NestedComment]:
    """Nest the comments of a thread; answers that would be deeper stand in the last level.

    Args:
        comments: By time, so that each comes after what it answers.
        depth: How many levels there may be, from 1.
    """
    top: list[NestedComment] = []
    by_id: dict[str, NestedComment] = {}
    lists: dict[str, list[NestedComment]] = {}  # in which list each comment stands
    for comment in comments:
        parent = by_id.get(comment.parent or "")
        if parent is None:
            place, level = top, 1
            answered: Answered = "earlier" if comment.parent else None
        elif parent.level < depth:
            place, level, answered = parent.answers, parent.level + 1, None
        else:
            place, level, answered = lists[parent.comment.id], parent.level, parent.comment
        by_id[comment.id] = NestedComment(comment, answered, level)
        lists[comment.id] = place
        place.append(by_id[comment.id])
    return top
