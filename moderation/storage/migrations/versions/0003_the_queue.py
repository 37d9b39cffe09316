"""The queue's orders, notes, skips, holds and sanctions"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_FLAGGED = sa.text("status = 'flagged'")
_QUEUE = {
    "ix_comments_flagged_site": ["site_id", "submitted_at", "id"],
    "ix_comments_flagged_worst": ["worst", "id"],
    "ix_comments_flagged_site_worst": ["site_id", "worst", "id"],
    "ix_comments_flagged_doubt": ["doubt", "id"],
    "ix_comments_flagged_site_doubt": ["site_id", "doubt", "id"],
    "ix_comments_flagged_page": ["page_id", "submitted_at", "id"],
    "ix_comments_flagged_site_page": ["site_id", "page_id", "submitted_at", "id"],
}
_INDEXES = {
    "ix_comments_address": (
        "comments",
        ["site_id", "address_hash", "status", "submitted_at", "id"],
    ),
    "ix_comments_name": ("comments", ["site_id", "name", "status", "submitted_at", "id"]),
    "ix_comments_fingerprint": ("comments", ["site_id", "fingerprint", "submitted_at"]),
    "ix_decisions_who": ("decisions", ["who", "id"]),
    "ix_decisions_moderator": ("decisions", ["moderator_id", "id"]),
}


def upgrade() -> None:
    op.add_column("comments", sa.Column("fingerprint", sa.String(length=16)))
    for name in ("worst", "doubt"):
        op.add_column(
            "comments", sa.Column(name, sa.Float(), nullable=False, server_default=sa.text("0"))
        )
    _rank_what_waits()
    for name, columns in _QUEUE.items():
        op.create_index(name, "comments", columns, sqlite_where=_FLAGGED, postgresql_where=_FLAGGED)
    for name, (table, columns) in _INDEXES.items():
        op.create_index(name, table, columns)
    _create_tables()


def _rank_what_waits() -> None:
    """As moderation/storage/review/queue_orders.py ranks what enters the queue."""
    worst = (
        "SELECT CASE WHEN coalesce(toxicity, 0) >= coalesce(spam, 0)"
        " THEN coalesce(toxicity, 0) ELSE coalesce(spam, 0) END"
        " FROM scores WHERE scores.comment_id = comments.id"
    )
    op.execute(
        f"UPDATE comments SET worst = ({worst}), doubt = abs(({worst}) - 0.5)"  # noqa: S608 constants
        " WHERE status = 'flagged' AND EXISTS"
        " (SELECT 1 FROM scores WHERE scores.comment_id = comments.id)"
    )


def _create_tables() -> None:
    op.create_table(
        "notes",
        _id(),
        _to("notes", "comment_id", "comments"),
        _to("notes", "moderator_id", "moderators"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_comment_id"), "notes", ["comment_id"])
    op.create_table(
        "skips",
        _id(),
        _to("skips", "comment_id", "comments"),
        _to("skips", "moderator_id", "moderators"),
        sa.Column("skipped_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skips")),
    )
    op.create_index(
        op.f("ix_skips_comment_id_moderator_id"), "skips", ["comment_id", "moderator_id"]
    )
    op.create_table(
        "holds",
        _to("holds", "comment_id", "comments"),
        _to("holds", "moderator_id", "moderators"),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_holds")),
    )
    op.create_index(op.f("ix_holds_moderator_id"), "holds", ["moderator_id"])
    op.create_table(
        "sanctions",
        _id(),
        _to("sanctions", "site_id", "sites"),
        sa.Column("address_hash", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        _to("sanctions", "moderator_id", "moderators"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("lifted_at", sa.BigInteger()),
        _to("sanctions", "lifted_by", "moderators", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanctions")),
    )
    op.create_index(
        op.f("ix_sanctions_site_id_address_hash"), "sanctions", ["site_id", "address_hash"]
    )


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def _to(table: str, column: str, other: str, *, nullable: bool = False) -> sa.Column[int]:
    reference = sa.ForeignKey(f"{other}.id", name=op.f(f"fk_{table}_{column}"))
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(column, number, reference, nullable=nullable)
