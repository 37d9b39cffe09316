"""The newest published comments of a site, for its feed"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    approved = sa.text("status = 'approved'")
    op.create_index(
        "ix_comments_site_approved",
        "comments",
        ["site_id", "submitted_at", "id"],
        sqlite_where=approved,
        postgresql_where=approved,
    )
