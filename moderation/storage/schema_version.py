"""How far a database is migrated, without Alembic: each start asks, and Alembic loads slowly."""

from sqlalchemy import Connection, inspect, text

from moderation.storage.revisions import known_revisions, newest_revision


def revision_of(connection: Connection) -> str | None:
    """The revision the database is at; None where nothing was migrated yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if revision is None else str(revision)


def revision_problem(connection: Connection) -> str | None:
    """Say what is wrong with the database's revision, and how to mend it; None where it fits."""
    current, needed = revision_of(connection), newest_revision()
    if current == needed:
        return None
    if current is not None and current not in known_revisions():
        return (
            f"the database is at revision {current}, which only a newer Parley knows:"
            " install that version again, or restore a backup that this one made"
        )
    at = "is empty" if current is None else f"is at revision {current}"
    return f"the database {at}, this Parley needs {needed}: `parley migrate` brings it there"
