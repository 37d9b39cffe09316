"""Whatever a driver raises, as one fact: the database is unavailable."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Transaction
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from moderation.storage.database.database_faults import DatabaseFault, fault_of
from moderation.storage.database.write_lock import WriteLockTimeout, WriteLockUnusable

# By base class: whatever a driver raises is here, also what no version has raised so far.
_UNAVAILABLE = (DBAPIError, PoolTimeout, WriteLockTimeout, WriteLockUnusable)
_OF_THE_VALUES = (IntegrityError, DataError)  # the database works, and refuses what it was given


class DatabaseUnavailable(ConnectionError):
    """The database did not answer, is locked, full, damaged or refuses; nothing was stored."""

    def __init__(self, sentence: str, fault: DatabaseFault = DatabaseFault.OTHER) -> None:
        super().__init__(sentence)
        self.fault = fault


class CommitUnconfirmed(DatabaseUnavailable):
    """The answer to a commit was lost: whether it is stored is not known."""


@contextmanager
def translated() -> Iterator[None]:
    """Raise DatabaseUnavailable, with the cause in a line, for what is no fault of the values."""
    try:
        yield
    except _OF_THE_VALUES:
        raise
    except _UNAVAILABLE as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise DatabaseUnavailable(_first_line(cause), fault_of(error)) from error


def commit(transaction: Transaction) -> None:
    """Commit; raises CommitUnconfirmed where the connection was lost meanwhile."""
    try:
        transaction.commit()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise CommitUnconfirmed(_first_line(error.orig), DatabaseFault.NO_ANSWER) from error
        raise


def _first_line(cause: BaseException | None) -> str:
    return str(cause).strip().split("\n")[0] or type(cause).__name__
