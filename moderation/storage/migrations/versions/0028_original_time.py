"""When comments came that their site's server says were written before"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("comments", sa.Column("arrived_at", sa.BigInteger(), nullable=True))
