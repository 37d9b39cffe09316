"""When the database was backed up last"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("database_identity", sa.Column("backed_up_at", sa.BigInteger(), nullable=True))
