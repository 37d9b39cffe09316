"""What a site does against programs; what a comment was caught by"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sites", sa.Column("safeguards", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("comments", sa.Column("caught_by", sa.String(length=20), nullable=True))
