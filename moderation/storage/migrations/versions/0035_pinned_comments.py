"""Comments that stand first on their page"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("comments", sa.Column("pinned_at", sa.BigInteger(), nullable=True))
    condition = sa.text("pinned_at IS NOT NULL")
    op.create_index(
        "ix_comments_pinned",
        "comments",
        ["page_id", "pinned_at", "id"],
        sqlite_where=condition,
        postgresql_where=condition,
    )
