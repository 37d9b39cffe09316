"""The secrets by which Coral signs what it asks"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "coral_secrets",
        sa.Column("id", _ID, nullable=False),
        sa.Column("site_id", _ID, nullable=False),
        sa.Column("secret", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_coral_secrets_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coral_secrets")),
        sa.UniqueConstraint("site_id", "secret", name=op.f("uq_coral_secrets_site_id_secret")),
    )
