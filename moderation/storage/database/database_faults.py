"""What a driver's error says about the database, in a word for figures and alarms."""

from enum import StrEnum

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from moderation.storage.database.write_lock import WriteLockTimeout


class DatabaseFault(StrEnum):
    """Why the database did not do what was asked."""

    LOCKED = "locked"
    READ_ONLY = "read_only"
    FULL = "full"
    DAMAGED = "damaged"
    NO_CONNECTION_FREE = "no_connection_free"
    NO_ANSWER = "no_answer"  # away, silent, or the connection was lost
    OTHER = "other"


# By the beginning of SQLite's name of an error, or of PostgreSQL's SQLSTATE.
_FAULTS = {
    "SQLITE_BUSY": DatabaseFault.LOCKED,
    "SQLITE_LOCKED": DatabaseFault.LOCKED,
    "SQLITE_READONLY": DatabaseFault.READ_ONLY,
    "SQLITE_FULL": DatabaseFault.FULL,
    "SQLITE_CORRUPT": DatabaseFault.DAMAGED,
    "SQLITE_NOTADB": DatabaseFault.DAMAGED,
    "SQLITE_CANTOPEN": DatabaseFault.NO_ANSWER,
    "08": DatabaseFault.NO_ANSWER,
    "25006": DatabaseFault.READ_ONLY,
    "40": DatabaseFault.LOCKED,
    "53100": DatabaseFault.FULL,
    "53300": DatabaseFault.NO_CONNECTION_FREE,
    "55P03": DatabaseFault.LOCKED,
    "57014": DatabaseFault.LOCKED,  # a statement took longer than it may
    "57P": DatabaseFault.NO_ANSWER,
    "XX001": DatabaseFault.DAMAGED,
    "XX002": DatabaseFault.DAMAGED,
}


def fault_of(error: BaseException) -> DatabaseFault:
    """The fault that SQLAlchemy's or our own error tells of."""
    if isinstance(error, WriteLockTimeout):
        return DatabaseFault.LOCKED
    if isinstance(error, PoolTimeout):
        return DatabaseFault.NO_CONNECTION_FREE
    if not isinstance(error, DBAPIError):
        return DatabaseFault.OTHER
    code = _code(error.orig)
    named = (fault for start, fault in _FAULTS.items() if code.startswith(start))
    # PostgreSQL's driver has no code where no answer came.
    is_silent = not code and type(error.orig).__name__ == "OperationalError"
    return next(named, DatabaseFault.NO_ANSWER if is_silent else DatabaseFault.OTHER)


def _code(error: BaseException | None) -> str:
    return getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None) or ""
