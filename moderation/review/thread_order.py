"""Order the comments of an article so that replies follow what they answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placed:
    """A comment's internal id, and how many comments it is nested in."""

    id: int
    depth: int


def thread_order(comments: Iterable[tuple[int, int | None]]) -> Iterator[Placed]:
    """Yield the comments, each followed by its replies.

    Args:
        comments: Pairs of a comment's id and the id of the comment it answers, oldest first.
            One that answers a comment which is not among them counts as answering none.
    """
    pairs = list(comments)
    ids = {comment_id for comment_id, _ in pairs}
    replies: defaultdict[int | None, list[int]] = defaultdict(list)
    for comment_id, parent_id in pairs:
        replies[parent_id if parent_id in ids else None].append(comment_id)
    rest = [Placed(comment_id, 0) for comment_id in reversed(replies[None])]
    while rest:  # not by calling itself: a thread may be thousands deep
        placed = rest.pop()
        yield placed
        rest += [Placed(reply, placed.depth + 1) for reply in reversed(replies[placed.id])]
