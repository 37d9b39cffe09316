"""What the database server's clock says."""

from datetime import datetime

from sqlalchemy import text

from moderation.storage.database.engine import Database


def server_clock(database: Database) -> datetime | None:
    """Return PostgreSQL's time; None for SQLite, which has no machine of its own."""
    with database.read() as connection:
        if connection.dialect.name != "postgresql":
            return None
        now: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return now
