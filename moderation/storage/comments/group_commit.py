"""Comments of many threads stored in one transaction: the disk syncs once for all of them.

SQLite syncs at each commit and has one writer, so that alone bounds how many comments a second it
takes. PostgreSQL commits its connections together by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from moderation.storage.comments.insert import InsertResult, NewComment, insert_comments
from moderation.storage.database.engine import Database, DatabaseUnavailable

_MAX_BATCH = 64  # comments in one transaction: each thread waits for all of them


@dataclass(slots=True)
class _Write:
    """A comment that a thread waits for; `result` is None until its transaction is over."""

    new: NewComment
    result: InsertResult | BaseException | None = None


class GroupCommit:
    """The first thread that waits stores the comments of all threads that wait."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: list[_Write] = []
        self._queue_lock = Lock()
        self._writer_lock = Lock()

    def submit(self, new: NewComment) -> InsertResult:
        """Store a comment; it is durable when this returns, and not stored when this raises."""
        write = _Write(new)
        with self._queue_lock:
            self._queue.append(write)
        with self._writer_lock:
            while write.result is None:
                self._write_batch()
        if isinstance(write.result, BaseException):
            raise write.result
        return write.result

    def _write_batch(self) -> None:
        with self._queue_lock:
            batch, self._queue = self._queue[:_MAX_BATCH], self._queue[_MAX_BATCH:]
        results = self._store([write.new for write in batch])
        for write, result in zip(batch, results, strict=True):
            write.result = result

    def _store(self, batch: Sequence[NewComment]) -> Sequence[InsertResult | BaseException]:
        try:
            with self._database.write() as connection:
                return insert_comments(connection, batch)
        except BaseException as error:  # nothing was committed; raised again in its own thread
            is_of_all = isinstance(error, DatabaseUnavailable) or not isinstance(error, Exception)
            if len(batch) == 1 or is_of_all:
                return [error] * len(batch)
        # One of them cannot be stored: it must not take the others with it.
        return [self._store([new])[0] for new in batch]
