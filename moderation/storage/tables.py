"""Every table: importing this is what makes `metadata` whole."""

from moderation.storage import (
    columns,
    comment_tables,
    decision_tables,
    people_tables,
    review_tables,
    server_tables,
    site_tables,
    told_tables,
)

TABLES = (
    site_tables,
    comment_tables,
    decision_tables,
    people_tables,
    review_tables,
    server_tables,
    told_tables,
)
metadata = columns.metadata
