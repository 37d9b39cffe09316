"""The table of the threads: a comment that answers none, with all that is below it."""

from sqlalchemy import Column, Integer, Table, literal_column

from moderation.storage.schema.column_types import ID, UtcTime, metadata, partial_index, to

# From the first approved comment of a thread on; what readers do not see needs no place in a list.
threads = Table(
    "threads",
    metadata,
    Column("root_id", ID, to("comments"), primary_key=True, autoincrement=False),
    Column("page_id", ID, to("pages"), nullable=False),
    Column("started_at", UtcTime, nullable=False),  # when its first comment was submitted
    Column("approved", Integer, nullable=False),  # how many of its comments are
    Column("answers", Integer, nullable=False),  # those of them that are not the first
)
is_shown = threads.c.approved > literal_column("0")
for _name, _columns in {
    "started": ("started_at", "root_id"),
    "answers": ("answers", "started_at", "root_id"),
}.items():
    partial_index(
        f"ix_threads_{_name}",
        *(threads.c[name] for name in ("page_id", *_columns)),
        where=is_shown,
    )
