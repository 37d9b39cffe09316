"""The tables of the moderators' work: notes, skips, holds, sanctions, reports, the sample."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from moderation.storage.schema.column_types import ID, UtcTime, metadata, partial_index, row_id, to

notes = Table(
    "notes",
    metadata,
    row_id(),
    Column("comment_id", ID, to("comments"), nullable=False, index=True),
    Column("moderator_id", ID, to("moderators"), nullable=False),
    Column("text", Text, nullable=False),
    Column("written_at", UtcTime, nullable=False),
)

skips = Table(
    "skips",
    metadata,
    row_id(),
    Column("comment_id", ID, to("comments"), nullable=False),
    Column("moderator_id", ID, to("moderators"), nullable=False),
    Column("skipped_at", UtcTime, nullable=False),
    Index(None, "comment_id", "moderator_id"),
)

holds = Table(  # one card, one person: who looks at a flagged comment alone
    "holds",
    metadata,
    Column("comment_id", ID, to("comments"), primary_key=True),
    Column("moderator_id", ID, to("moderators"), nullable=False, index=True),
    Column("expires_at", UtcTime, nullable=False),
)

sanctions = Table(
    "sanctions",
    metadata,
    row_id(),
    Column("site_id", ID, to("sites"), nullable=False),
    Column("address_hash", String(32), nullable=False),
    Column("kind", String(16), nullable=False),  # ban, always_flag
    Column("expires_at", UtcTime, nullable=False),
    Column("moderator_id", ID, to("moderators"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("lifted_at", UtcTime),
    Column("lifted_by", ID, to("moderators")),
    Index(None, "site_id", "address_hash"),
)

reports = Table(
    "reports",
    metadata,
    row_id(),
    Column("comment_id", ID, to("comments"), nullable=False),
    Column("address_hash", String(32), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("text", Text),
    Column("reported_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    Column("closed_by", ID, to("moderators")),
    UniqueConstraint("comment_id", "address_hash"),  # one reader, one report
)
is_open = reports.c.closed_at.is_(None)
partial_index("ix_reports_open", reports.c.comment_id, where=is_open)

appeals = Table(  # an author asks a moderator to look again, once
    "appeals",
    metadata,
    Column("comment_id", ID, to("comments"), primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("appealed_at", UtcTime, nullable=False),
    Column("decided_at", UtcTime),
    Column("moderator_id", ID, to("moderators")),  # who decided it
    Column("status", String(16)),  # what they made of the comment
    Column("answer", Text),
)
is_undecided = appeals.c.decided_at.is_(None)
partial_index(
    "ix_appeals_undecided", appeals.c.appealed_at, appeals.c.comment_id, where=is_undecided
)

samples = Table(
    "samples",
    metadata,
    Column("comment_id", ID, to("comments"), primary_key=True),
    Column("version", Integer, nullable=False),  # the comment's, after the policy's decision
    Column("status", String(16), nullable=False),  # what the policy decided
    Column("chosen_at", UtcTime, nullable=False),
)

sample_reviews = Table(
    "sample_reviews",
    metadata,
    row_id(),
    Column("comment_id", ID, to("comments"), nullable=False, unique=True),
    Column("moderator_id", ID, to("moderators"), nullable=False),
    Column("status", String(16), nullable=False),  # what the moderator would have decided
    Column("agrees", Boolean, nullable=False),
    Column("reviewed_at", UtcTime, nullable=False),
)
