"""Days of what stands: the old rollups counted decisions, so all days are counted anew"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COUNTS = (
    "submitted",
    "approved",
    "rejected",
    "waiting",
    "by_moderator",
    "by_policy",
    "overturned",
)


def upgrade() -> None:
    op.drop_table("daily_rollups")
    op.create_table(
        "daily_rollups",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("site_id", _ID, nullable=False),
        *(sa.Column(count, sa.Integer(), nullable=False) for count in _COUNTS),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("p50", sa.BigInteger(), nullable=True),
        sa.Column("p90", sa.BigInteger(), nullable=True),
        sa.Column("stale_since", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_daily_rollups_site_id")),
        sa.PrimaryKeyConstraint("day", "site_id", name=op.f("pk_daily_rollups")),
    )
