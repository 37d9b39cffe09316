"""Writes of many threads in one transaction: a disk syncs once for all of them.

SQLite syncs at each commit and has one writer, so that alone bounds how many comments a second it
takes. PostgreSQL commits its connections together by itself.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import Connection

from moderation.storage.database.engine import DatabaseAway

_MOST = 64  # at a time: what is written waits for all of them

T = TypeVar("T")
R = TypeVar("R")
Write = Callable[[], AbstractContextManager[Connection]]
# The outcome of each, in order: an exception that is returned is raised to its thread alone.
Store = Callable[[Connection, Sequence[T]], Sequence[R | Exception]]


@dataclass
class _Waiting(Generic[T, R]):
    value: T
    done: bool = False
    outcome: R | BaseException | None = None


class Together(Generic[T, R]):
    """Whoever comes first while nobody writes writes for all who wait."""

    def __init__(self, write: Write, store: Store[T, R]) -> None:
        self._write = write
        self._store = store
        self._waiting: list[_Waiting[T, R]] = []
        self._list = Lock()
        self._writing = Lock()

    def run(self, value: T) -> R:
        """The outcome of storing it, once it is durable; what raises leaves nothing behind."""
        mine: _Waiting[T, R] = _Waiting(value)
        with self._list:
            self._waiting.append(mine)
        with self._writing:
            while not mine.done:
                self._write_some()
        if isinstance(mine.outcome, BaseException):
            raise mine.outcome
        return mine.outcome  # type: ignore[return-value] # done without an error

    def _write_some(self) -> None:
        with self._list:
            some, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
        outcomes = self._outcomes([each.value for each in some])
        for each, outcome in zip(some, outcomes, strict=True):
            each.outcome = outcome
            each.done = True

    def _outcomes(self, values: Sequence[T]) -> Sequence[R | BaseException]:
        try:
            with self._write() as connection:
                return self._store(connection, values)
        except BaseException as error:  # nothing was committed; raised again where it was asked for
            if len(values) == 1 or isinstance(error, DatabaseAway):
                return [error] * len(values)
            if not isinstance(error, Exception):
                return [error] * len(values)
        # One of them cannot be stored: it must not take the others with it.
        return [self._outcomes([value])[0] for value in values]
