"""Replies under what they answer: the order of one article's comments."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placed:
    """A comment by its internal id, and how many comments it is nested in."""

    id: int
    depth: int


def thread_order(comments: Iterable[tuple[int, int | None]]) -> Iterator[Placed]:
    """Of (id, id of the comment answered), oldest first: each followed by its answers.

    An answer to what is not among them stands by itself.
    """
    known = list(comments)
    ids = {number for number, _ in known}
    answers: defaultdict[int | None, list[int]] = defaultdict(list)
    for number, parent in known:
        answers[parent if parent in ids else None].append(number)
    rest = [Placed(number, 0) for number in reversed(answers[None])]
    while rest:  # not by calling itself: a thread may be thousands deep
        placed = rest.pop()
        yield placed
        rest += [Placed(each, placed.depth + 1) for each in reversed(answers[placed.id])]
