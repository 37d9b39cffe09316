"""The time of the database's clock, to compare others with: no row is dated by it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECONDS = {
    "postgresql": "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint",
    "sqlite": "SELECT CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)",
}


def server_time(connection: Connection) -> datetime:
    """Return what the database's clock says now. SQLite's is that of this machine."""
    query = _MICROSECONDS[connection.dialect.name]
    microseconds = connection.exec_driver_sql(query).scalar_one()
    return _EPOCH + timedelta(microseconds=int(microseconds))
