"""Whether a site tells authors which of their words would make a comment wait"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    nudges: sa.Column[bool] = sa.Column(
        "nudges", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("sites", nudges)
