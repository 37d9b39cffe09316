"""The table of labels."""

from sqlalchemy import Column, Float, String, Table, Text, UniqueConstraint

from moderation.storage.schema.column_types import (
    ID,
    UtcTime,
    metadata,
    partial_index,
    row_id,
    to,
)

labels = Table(
    "labels",
    metadata,
    row_id(),
    Column("site_id", ID, to("sites"), nullable=False),
    Column("comment_id", ID, to("comments")),
    Column("text", Text),  # None: the comment's
    Column("subject", String(64), nullable=False),  # hash of the text, or of the comment's id
    Column("attribute", String(40), nullable=False),
    Column("value", Float, nullable=False),
    Column("weight", Float, nullable=False),
    Column("source", String(40), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("site_id", "subject", "attribute", "source"),
)
partial_index("ix_labels_comment_id", labels.c.comment_id, where=labels.c.comment_id.is_not(None))
