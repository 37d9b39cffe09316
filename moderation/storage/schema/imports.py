"""The table of what was imported, so that nothing comes twice."""

from sqlalchemy import Column, String, Table, UniqueConstraint

from moderation.storage.schema.column_types import ID, metadata, to

imported_comments = Table(
    "imported_comments",
    metadata,
    Column("comment_id", ID, to("comments"), primary_key=True),
    Column("site_id", ID, to("sites"), nullable=False),
    Column("source_hash", String(32), nullable=False),  # of system, its id there and its time
    UniqueConstraint("site_id", "source_hash"),
)
