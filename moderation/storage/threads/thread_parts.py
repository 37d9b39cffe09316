"""What is asked for of a page's threads, and what is shown of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from moderation.storage.comments.pages import PublicComment
from moderation.storage.threads.thread_places import ThreadOrder


@dataclass(frozen=True, slots=True)
class ThreadQuestion:
    """Which threads of a page; of `after`, `before` and `at` one at most.

    Attributes:
        limit: How many threads.
        answers: How many answers of each.
        after: The cursor of an earlier part, to go on.
        before: The cursor of an earlier part, to go back.
        at: Public id of a comment: begin with its thread, and show it.
    """

    order: ThreadOrder
    limit: int
    answers: int
    after: str | None = None
    before: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class PublicThread:
    """A thread, or some of it.

    Attributes:
        id: The public id of its first comment, which need not be public.
        answers: How many answers are public in all.
        comments: By time: the first one, where it is public, and answers.
        next: The public id of the last comment, where more follow.
        is_cut: Whether answers are left out before the last ones.
    """

    id: str
    answers: int
    comments: Sequence[PublicComment]
    next: str | None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class ThreadPart:
    """Some threads.

    Attributes:
        next: The cursor for what follows; None: nothing does.
        previous: The cursor for what is before, where the part does not begin with the first.
        at: The comment that was asked for, where it is public.
        latest: When the newest public comment of the page was submitted.
    """

    threads: Sequence[PublicThread]
    next: str | None = None
    previous: str | None = None
    at: str | None = None
    latest: datetime | None = None
