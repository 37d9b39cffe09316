"""Comments of many threads stored in one transaction: the disk syncs once for all of them.

SQLite syncs at each commit and has one writer, so that alone bounds how many comments a second it
takes. PostgreSQL commits its connections together by itself.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Condition

from moderation.storage.comments.insert import InsertResult, insert_comments
from moderation.storage.comments.new_comments import NewComment
from moderation.storage.database.database_faults import DatabaseFault
from moderation.storage.database.engine import Database, DatabaseUnavailable
from moderation.storage.database.write_lock import BUSY, WRITE_SECONDS

_MAX_BATCH = 64  # comments in one transaction: each thread waits for all of them


@dataclass(slots=True, eq=False)
class _Write:
    """A comment that a thread waits for; `result` is None until its transaction is over."""

    new: NewComment
    until: float = field(default_factory=lambda: time.monotonic() + WRITE_SECONDS)
    result: InsertResult | BaseException | None = None


class GroupCommit:
    """One of the threads that wait stores the comments of all of them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: list[_Write] = []
        self._changed = Condition()  # guards all here; notified when a batch is over
        self._has_writer = False

    def submit(self, new: NewComment) -> InsertResult:
        """Store a comment; it is durable when this returns, and not stored when this raises.

        Raises:
            DatabaseUnavailable: Others have been writing for `WRITE_SECONDS`, or it is away.
        """
        write = _Write(new)
        with self._changed:
            self._queue.append(write)
            is_writer = self._wait(write)
        if is_writer:
            self._write_until_stored(write)
        if isinstance(write.result, BaseException):
            raise write.result
        if write.result is None:
            raise DatabaseUnavailable(BUSY, DatabaseFault.LOCKED)
        return write.result

    def _wait(self, write: _Write) -> bool:
        """Wait for a result, or for the turn to write: True. One that gives up is not stored."""
        while write.result is None and self._has_writer:
            # One that a writer has taken already gets its result in time: the batch has the
            # deadline of its oldest.
            is_queued = write in self._queue
            self._changed.wait(max(0.0, write.until - time.monotonic()) if is_queued else None)
            if time.monotonic() > write.until and write in self._queue:
                self._queue.remove(write)
                return False
        if write.result is None:
            self._has_writer = True
            return True
        return False

    def _write_until_stored(self, write: _Write) -> None:
        try:
            while write.result is None:
                self._write_batch()
        finally:
            with self._changed:
                self._has_writer = False
                self._changed.notify_all()

    def _write_batch(self) -> None:
        with self._changed:
            batch, self._queue = self._queue[:_MAX_BATCH], self._queue[_MAX_BATCH:]
        results = self._store([write.new for write in batch], batch[0].until)
        now = time.monotonic()
        with self._changed:
            for write, result in zip(batch, results, strict=True):
                may_wait_on = isinstance(result, DatabaseUnavailable) and now < write.until
                write.result = None if may_wait_on and now >= batch[0].until else result
            self._queue[:0] = [write for write in batch if write.result is None]
            self._changed.notify_all()

    def _store(
        self, batch: Sequence[NewComment], until: float
    ) -> Sequence[InsertResult | BaseException]:
        try:
            with self._database.write(until) as connection:
                return insert_comments(connection, batch)
        except BaseException as error:  # nothing was committed; raised again in its own thread
            is_of_all = isinstance(error, DatabaseUnavailable) or not isinstance(error, Exception)
            if len(batch) == 1 or is_of_all:
                return [error] * len(batch)
        # One of them cannot be stored: it must not take the others with it.
        return [self._store([new], until)[0] for new in batch]
