"""Comments that were published first, to be looked at later"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("comments", sa.Column("unseen_since", sa.BigInteger(), nullable=True))
    condition = sa.text("unseen_since IS NOT NULL")
    for name, columns in (("", ()), ("_site", ("site_id",))):
        op.create_index(
            f"ix_comments{name}_unseen",
            "comments",
            [*columns, "id"],
            sqlite_where=condition,
            postgresql_where=condition,
        )
