"""Which rows of all tables hang on a row: found by foreign keys, so that none is missed."""

from sqlalchemy import ColumnElement, Table, or_, select

from moderation.storage.schema.metadata import metadata


def rows_below(top: Table, of_top: ColumnElement[bool]) -> list[tuple[Table, ColumnElement[bool]]]:
    """Return a condition for each table with rows that hang on some rows, and for theirs.

    Args:
        top: Their table.
        of_top: Which of its rows.

    Returns:
        In the order in which they can be deleted; `top` is the last.
    """
    conditions = {top: of_top}
    for table in metadata.sorted_tables:
        links = [
            key.parent.in_(select(key.column).where(conditions[key.column.table]))
            for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
            if key.column.table in conditions and key.column.table is not table
        ]
        if links and table is not top:
            conditions[table] = or_(*links)
    return list(reversed(conditions.items()))
