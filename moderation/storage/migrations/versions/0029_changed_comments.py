"""What comments said before their authors changed them, and how long they may"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NAME = "earlier_texts"


def upgrade() -> None:
    minutes = sa.Column("edit_minutes", sa.Integer(), nullable=False, server_default="5")
    op.add_column("sites", minutes)
    op.add_column("comments", sa.Column("edited_at", sa.BigInteger(), nullable=True))
    op.create_table(
        _NAME,
        sa.Column("id", _ID, nullable=False),
        sa.Column("comment_id", _ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f(f"fk_{_NAME}_comment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_NAME}")),
        sa.UniqueConstraint("comment_id", "version", name=op.f(f"uq_{_NAME}_comment_id_version")),
    )
