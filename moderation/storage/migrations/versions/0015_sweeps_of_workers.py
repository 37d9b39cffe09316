"""What a worker reports: its sweep, its clock, and what went wrong"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workers", sa.Column("swept_at", sa.BigInteger(), nullable=True))
    op.add_column("workers", sa.Column("clock_offset", sa.BigInteger(), nullable=True))
    for name in ("drained_by_sweep", "killed_jobs", "failed_scorings"):
        op.add_column("workers", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
