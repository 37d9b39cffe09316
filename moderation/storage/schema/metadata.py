"""Every table: importing this is what makes `metadata` whole."""

from moderation.storage.schema import (  # noqa: F401 each adds its tables
    accounts,
    column_types,
    comments,
    decisions,
    imports,
    labels,
    notifications,
    review,
    rules,
    sites,
    subscriptions,
    system,
    threads,
)

metadata = column_types.metadata


def add_postgresql_conditions() -> None:
    """Give the partial indexes their conditions for PostgreSQL too, for who compares or makes them.

    Not where they are defined: SQLAlchemy loads the dialect for it, and to serve from SQLite
    without it saves 3 MB a process.
    """
    for table in metadata.tables.values():
        for index in table.indexes:
            if "where" in index.info:
                index.dialect_kwargs["postgresql_where"] = index.info["where"]
