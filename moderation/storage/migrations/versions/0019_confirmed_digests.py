"""A digest goes to an address only once somebody there has confirmed it"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of the addresses so far nobody knows: each is asked once.
    op.add_column("digests", sa.Column("asked_at", sa.BigInteger(), nullable=True))
    op.add_column("digests", sa.Column("confirmed_at", sa.BigInteger(), nullable=True))
