"""Several keys for a site, each with a name; rates of its own; what a removal looks rows up by"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KEEP_KEYS = """
INSERT INTO site_keys (site_id, name, key_hash, created_at)
SELECT id, 'default', key_hash, created_at FROM sites WHERE key_hash IS NOT NULL
"""


def upgrade() -> None:
    op.create_table(
        "site_keys",
        sa.Column("id", _ID, nullable=False),
        sa.Column("site_id", _ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_site_keys_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_keys")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_site_keys_site_id_name")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_site_keys_key_hash")),
    )
    op.execute(_KEEP_KEYS)
    op.drop_column("sites", "key_hash")
    for name in ("submit_limit", "key_limit"):
        op.add_column("sites", sa.Column(name, sa.String(length=40), nullable=True))
    for table, column in (
        ("pages", "moved_to"),
        ("deliveries", "decision_id"),
    ):
        condition = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_{table}_{column}",
            table,
            [column],
            sqlite_where=condition,
            postgresql_where=condition,
        )
