"""A connection to PostgreSQL that waits for no answer without bound."""

import time
from typing import Any, TypeVar

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen

# PostgreSQL itself ends a statement after 5 s (postgresql.py): by then it has answered if it can.
ANSWER_SECONDS = 6.0

T = TypeVar("T")


class BoundedConnection(Connection[Any]):
    """Gives itself up when it has been silent for `answer_seconds`.

    PostgreSQL's own limits do not help where the network has lost its answer, nor do those of TCP
    where a proxy in between takes everything and hands nothing on.
    """

    answer_seconds = ANSWER_SECONDS
    is_pooled = False  # whether the server's session may be another one in each transaction

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Wait as psycopg does, but without a `timeout` for at most `answer_seconds`.

        Raises:
            OperationalError: No answer came in time, and the connection is closed.
        """
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        until = time.monotonic() + self.answer_seconds
        try:
            return super().wait(gen, interval, self.answer_seconds)
        except OperationalError as error:
            if time.monotonic() < until or self.closed:
                raise
            self.pgconn.finish()  # what comes after this would belong to another question
            sentence = f"PostgreSQL has not answered for {self.answer_seconds:g} seconds"
            raise OperationalError(sentence) from error
