"""What a site's key may; labels that people gave to texts"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_UNIQUE = ("site_id", "subject", "attribute", "source")


def upgrade() -> None:
    scope = sa.Column("scope", sa.String(length=10), nullable=False, server_default="submit")
    op.add_column("site_keys", scope)
    op.create_table(
        "labels",
        sa.Column("id", _ID, nullable=False),
        sa.Column("site_id", _ID, nullable=False),
        sa.Column("comment_id", _ID, nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("attribute", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_labels_site_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_labels_comment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labels")),
        sa.UniqueConstraint(*_UNIQUE, name=op.f(f"uq_labels_{'_'.join(_UNIQUE)}")),
    )
    condition = sa.text("comment_id IS NOT NULL")
    op.create_index(
        "ix_labels_comment_id",
        "labels",
        ["comment_id"],
        sqlite_where=condition,
        postgresql_where=condition,
    )
