"""The rules of sites and pages, in versions"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NAME = "rule_versions"
_OF_PAGE = sa.text("page_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        _NAME,
        sa.Column("id", _ID, nullable=False),
        sa.Column("site_id", _ID, nullable=False),
        sa.Column("page_id", _ID, nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f(f"fk_{_NAME}_site_id")),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f(f"fk_{_NAME}_page_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_NAME}")),
    )
    op.create_index(op.f(f"ix_{_NAME}_site_id_id"), _NAME, ["site_id", "id"])
    op.create_index(
        f"ix_{_NAME}_page_id",
        _NAME,
        ["page_id", "id"],
        sqlite_where=_OF_PAGE,
        postgresql_where=_OF_PAGE,
    )
