"""Find erased comments, and the answers to them"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, columns, condition in (
        ("ix_comments_parent", ["parent_id", "status"], "parent_id IS NOT NULL"),
        ("ix_comments_erased", ["page_id", "id"], "status = 'erased'"),
    ):
        where = sa.text(condition)
        op.create_index(name, "comments", columns, sqlite_where=where, postgresql_where=where)
