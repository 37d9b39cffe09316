"""Where imported comments came from, so that none comes twice"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NAME = "imported_comments"


def upgrade() -> None:
    op.create_table(
        _NAME,
        sa.Column("comment_id", _ID, autoincrement=False, nullable=False),
        sa.Column("site_id", _ID, nullable=False),
        sa.Column("source_hash", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f(f"fk_{_NAME}_site_id")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f(f"fk_{_NAME}_comment_id")
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f(f"pk_{_NAME}")),
        sa.UniqueConstraint("site_id", "source_hash", name=op.f(f"uq_{_NAME}_site_id_source_hash")),
    )
