"""What authors say against a rejection, and what moderators answer"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "appeals",
        sa.Column("comment_id", _ID, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("appealed_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("moderator_id", _ID, nullable=True),
        sa.Column("status", sa.String(length=16), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_appeals_comment_id")
        ),
        sa.ForeignKeyConstraint(
            ["moderator_id"], ["moderators.id"], name=op.f("fk_appeals_moderator_id")
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_appeals")),
    )
    condition = sa.text("decided_at IS NULL")
    op.create_index(
        "ix_appeals_undecided",
        "appeals",
        ["appealed_at", "comment_id"],
        sqlite_where=condition,
        postgresql_where=condition,
    )
