"""A process beside this one that makes what takes time, while this one stores what it made."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any


class SecondProcess:
    """Starts when something is asked of it first: that takes it half a second."""

    def __init__(self) -> None:
        self._context = get_context("spawn")
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def begin(self, make: Callable[..., Iterator[Any]], *arguments: object) -> None:
        """Have it make items; those of the last time were all taken.

        Args:
            make: A function of a module, which is looked up there by its name.
            arguments: Of the function; they are copied.
        """
        if self._connection is None:
            self._connection = self._started()
        self._connection.send((make, arguments))

    def items(self) -> Iterator[Any]:
        """Yield each item when it is made; raises what the function raised."""
        assert self._connection is not None  # noqa: S101 begin() comes first
        while True:
            is_last, value = self._connection.recv()
            if isinstance(value, Exception):
                raise value
            if is_last:
                return
            yield value

    def _started(self) -> Connection:
        ours, other = self._context.Pipe()
        process = self._context.Process(target=_answer, args=(other,), daemon=True)
        process.start()
        self._process = process
        other.close()
        return ours

    def end(self) -> None:
        """Let it end, whatever it makes."""
        if self._connection is not None and self._process is not None:
            self._connection.close()
            self._process.join()


@contextmanager
def second_process() -> Iterator[SecondProcess]:
    """Have a second process at hand, which ends with the block."""
    process = SecondProcess()
    try:
        yield process
    finally:
        process.end()


def _answer(connection: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends when the other one does
    with suppress(EOFError, OSError), connection:
        while True:
            make, arguments = connection.recv()
            for answer in _answers(make(*arguments)):
                connection.send(answer)


def _answers(items: Iterator[Any]) -> Iterator[tuple[bool, Any]]:
    """Each item, then that it was the last one, or what was raised."""
    try:
        for item in items:
            yield False, item
    except Exception as error:  # the other process has it raised
        yield True, error
    else:
        yield True, None
