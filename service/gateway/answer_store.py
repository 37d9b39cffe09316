"""Finished answers, each for a moment: readers of one page ask the same thousands of times.

An answer is given again while nothing was committed since it was begun, as far as the database says
so at once, and for `SECONDS` at most: then whatever else it depends on is looked at again.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

from moderation.storage.database.commit_number import CommitNumber
from service.gateway.answers import Answer, FinishedAnswer, Moment
from service.gateway.plain_reads import PlainRead

SECONDS = 0.2
_MAX_BYTES = 8 * 1024 * 1024  # of one web process; a body is mostly the one that is kept anyway
_MAX_ANSWER = _MAX_BYTES // 16
_MAX_PATHS = 256

Key = tuple[bytes | None, ...]
Count = Callable[[str, str, int], None]  # method, route, status


class AnswerStore:
    """What was asked last is kept, up to a size. For one thread."""

    def __init__(
        self,
        commits: CommitNumber,
        count: Count,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start empty.

        Args:
            commits: Of the database that all answers come from.
            count: Is told of each answer that is given again.
            monotonic: A clock in seconds that never goes back.
        """
        self._commits = commits
        self._count = count
        self._monotonic = monotonic
        self._answers: OrderedDict[Key, FinishedAnswer] = OrderedDict()
        self._vary: dict[bytes, tuple[bytes, ...]] = {}  # by path
        self._size = 0

    def moment(self) -> Moment:
        """The moment; take it before an answer is begun."""
        return Moment(self._commits.read(), self._monotonic())

    def key(self, read: PlainRead) -> Key:
        """What is alike of requests with the same answer."""
        headers = [read.headers.get(name) for name in self._vary.get(read.path, ())]
        return (read.path, read.query, *headers)

    def __contains__(self, key: Key) -> bool:
        return key in self._answers

    def get(self, read: PlainRead) -> Answer | None:
        """The answer, if there is one that is still right."""
        key = self.key(read)
        kept = self._answers.get(key)
        if kept is None:
            return None
        now = self.moment()
        if now.commit is None or now.commit != kept.begun.commit:
            return None
        if now.at - kept.begun.at >= SECONDS:
            return None
        self._answers.move_to_end(key)
        return self.give(kept, read)

    def give(self, kept: FinishedAnswer, read: PlainRead) -> Answer | None:
        """What the request gets of an answer, and count it; None where it has no body for it."""
        answer = kept.answer_to(read)
        if answer is not None:
            self._count(read.method, kept.route, answer.status)
        return answer

    def keep(self, read: PlainRead, answer: Answer, begun: Moment) -> FinishedAnswer | None:
        """Keep an answer that its handler lets be kept; what was kept, or None."""
        finished = FinishedAnswer.of(answer, begun) if read.method == "GET" else None
        if finished is None or not self._learn(read.path, answer):
            return None
        key = self.key(read)
        finished = finished.after(self._drop(key))
        size = _size(key, finished)
        if size <= _MAX_ANSWER:
            self._answers[key] = finished
            self._size += size
        while self._size > _MAX_BYTES:
            self._drop(next(iter(self._answers)))
        return finished

    def _learn(self, path: bytes, answer: Answer) -> bool:
        """Learn by which headers answers of a path differ; False for one that is never the same."""
        varies = b",".join(value for name, value in answer.headers if name == b"vary")
        names = {name.strip().lower() for name in varies.split(b",") if name.strip()}
        if b"*" in names:
            return False
        if len(self._vary) >= _MAX_PATHS and path not in self._vary:
            self._vary.clear()
        self._vary[path] = tuple(sorted(names.union(self._vary.get(path, ()))))
        return True

    def _drop(self, key: Key) -> FinishedAnswer | None:
        dropped = self._answers.pop(key, None)
        if dropped is not None:
            self._size -= _size(key, dropped)
        return dropped


def _size(key: Key, finished: FinishedAnswer) -> int:
    return finished.size + sum(len(part or b"") for part in key)
