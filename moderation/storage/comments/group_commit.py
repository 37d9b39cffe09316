"""Comments of many threads stored in one transaction: the disk syncs once for all of them.

SQLite syncs at each commit and has one writer, so that alone bounds how many comments a second it
takes. PostgreSQL commits its connections together by itself.
"""

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from moderation.storage.comments.insert import InsertResult, insert_comments
from moderation.storage.comments.new_comments import NewComment
from moderation.storage.database.database_faults import DatabaseFault
from moderation.storage.database.engine import Database, DatabaseUnavailable
from moderation.storage.database.write_lock import BUSY, WRITE_SECONDS

_MAX_BATCH = 64  # comments in one transaction: each thread waits for all of them


def _held() -> Lock:
    lock = Lock()
    lock.acquire()
    return lock


@dataclass(slots=True, eq=False)
class _Write:
    """A comment that a thread waits for; `result` is None until its transaction is over."""

    new: NewComment
    until: float = field(default_factory=lambda: time.monotonic() + WRITE_SECONDS)
    result: InsertResult | BaseException | None = None
    call: Lock = field(default_factory=_held)  # released when there is a result, or it is its turn


class GroupCommit:
    """One of the threads that wait stores the comments of all of them.

    Each waits for a call of its own: a condition would wake all for the result of one.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: deque[_Write] = deque()
        self._lock = Lock()  # guards all here
        self._has_writer = False  # the thread of the oldest in the queue, and of a batch taken

    def submit(self, new: NewComment) -> InsertResult:
        """Store a comment; it is durable when this returns, and not stored when this raises.

        Raises:
            DatabaseUnavailable: Others have been writing for `WRITE_SECONDS`, or it is away.
        """
        write = _Write(new)
        with self._lock:
            self._queue.append(write)
            is_writer, self._has_writer = not self._has_writer, True
        if is_writer or self._is_called_to_write(write):
            self._write_batch()
        if isinstance(write.result, BaseException):
            raise write.result
        if write.result is None:
            raise DatabaseUnavailable(BUSY, DatabaseFault.LOCKED)
        return write.result

    def _is_called_to_write(self, write: _Write) -> bool:
        """Wait for a result, or for the turn to write: True. One that gives up is not stored."""
        if not write.call.acquire(timeout=max(0.0, write.until - time.monotonic())):
            with self._lock:
                # One that is called at this moment writes; nobody else would.
                if write in self._queue and not write.call.acquire(blocking=False):
                    self._queue.remove(write)
                    return False
                is_turn = write in self._queue
            if not is_turn:
                # A writer has taken it, and the batch has the deadline of its oldest.
                write.call.acquire()
        return write.result is None

    def _write_batch(self) -> None:
        """Store the oldest in the queue, the writer's own, and those after it."""
        with self._lock:
            size = min(_MAX_BATCH, len(self._queue))
            batch = [self._queue.popleft() for _ in range(size)]
        try:
            results = self._store([write.new for write in batch], batch[0].until)
            self._tell(batch, results)
        finally:
            self._call_next()

    def _tell(
        self, batch: Sequence[_Write], results: Sequence[InsertResult | BaseException]
    ) -> None:
        """Give each its result; those that may wait longer than the oldest stay in the queue."""
        now = time.monotonic()
        waiting = []
        for write, result in zip(batch, results, strict=True):
            may_wait_on = isinstance(result, DatabaseUnavailable) and now < write.until
            if may_wait_on and now >= batch[0].until:
                waiting.append(write)
            else:
                write.result = result
        with self._lock:
            self._queue.extendleft(reversed(waiting))
        for write in batch:
            if write.result is not None:
                write.call.release()

    def _call_next(self) -> None:
        with self._lock:
            self._has_writer = bool(self._queue)
            if self._queue:
                self._queue[0].call.release()

    def _store(
        self, batch: Sequence[NewComment], until: float
    ) -> Sequence[InsertResult | BaseException]:
        try:
            with self._database.write(until) as connection:
                return insert_comments(connection, batch, refuse_closed=True)
        except BaseException as error:  # nothing was committed; raised again in its own thread
            is_of_all = isinstance(error, DatabaseUnavailable) or not isinstance(error, Exception)
            if len(batch) == 1 or is_of_all:
                return [error] * len(batch)
        # One of them cannot be stored: it must not take the others with it.
        return [self._store([new], until)[0] for new in batch]
