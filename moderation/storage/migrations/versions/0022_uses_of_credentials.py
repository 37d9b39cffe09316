"""Which credential was used on which day from which address"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credential_uses",
        sa.Column("credential_hash", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("address_hash", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint(
            "credential_hash", "day", "address_hash", name=op.f("pk_credential_uses")
        ),
    )
