"""Writes of many threads in one transaction: a disk syncs once for all of them.

SQLite syncs at each commit and has one writer, so that alone bounds how many comments a second it
takes. PostgreSQL commits its connections together by itself.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

_MOST = 64  # at a time: what is written waits for all of them

R = TypeVar("R")
Write = Callable[[], AbstractContextManager[Connection]]


@dataclass
class _Work(Generic[R]):
    run: Callable[[Connection], R]
    done: bool = False
    result: R | None = None
    error: BaseException | None = None


class Together:
    """Whoever comes first while nobody writes writes for all who wait."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._waiting: list[_Work[Any]] = []
        self._list = Lock()
        self._writing = Lock()

    def run(self, work: Callable[[Connection], R]) -> R:
        """What `work` returns or raises, once it is durable; what raises leaves nothing behind."""
        mine = _Work(work)
        with self._list:
            self._waiting.append(mine)
        with self._writing:
            while not mine.done:
                self._write_some()
        if mine.error is not None:
            raise mine.error
        return mine.result  # type: ignore[return-value] # done without an error

    def _write_some(self) -> None:
        with self._list:
            some, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
        try:
            with self._write() as connection:
                for work in some:
                    _run_apart(connection, work)
        except BaseException as error:
            _fail(some, error)
        for work in some:
            work.done = True


def _run_apart(connection: Connection, work: _Work[Any]) -> None:
    """Run it so that its failure undoes its own writes only."""
    connection.exec_driver_sql("SAVEPOINT work")
    try:
        work.result = work.run(connection)
    except DBAPIError as error:
        if not isinstance(error, IntegrityError):
            raise  # the database itself failed, and with it all of them
        work.error = error
        connection.exec_driver_sql("ROLLBACK TO work")
    except Exception as error:  # it is raised again where the work was asked for
        work.error = error
        connection.exec_driver_sql("ROLLBACK TO work")
    connection.exec_driver_sql("RELEASE work")


def _fail(some: Sequence[_Work[Any]], error: BaseException) -> None:
    """The transaction was not committed, so nothing that was done in it holds."""
    for work in some:
        work.error = error
