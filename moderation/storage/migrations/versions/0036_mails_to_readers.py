"""Mails to readers: their addresses, what they are mailed about, and mails on their way"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    reader_mail: sa.Column[bool] = sa.Column(
        "reader_mail", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("sites", reader_mail)
    _add_addresses()
    _add_subscriptions()
    _add_mails()


def _add_addresses() -> None:
    op.create_table(
        "mail_addresses",
        sa.Column("id", ID, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.Column("address", sa.String(254)),
        sa.Column("stopped_at", sa.BigInteger()),
        _to("mail_addresses", "site_id", "sites"),
        sa.PrimaryKeyConstraint("id", name="pk_mail_addresses"),
        sa.UniqueConstraint(
            "site_id", "address_hash", name="uq_mail_addresses_site_id_address_hash"
        ),
    )


def _add_subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("address_id", ID, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("asked_at", sa.BigInteger()),
        sa.Column("confirmed_at", sa.BigInteger()),
        sa.Column("told_status", sa.String(16)),
        _to("subscriptions", "comment_id", "comments"),
        _to("subscriptions", "address_id", "mail_addresses"),
        sa.PrimaryKeyConstraint("comment_id", name="pk_subscriptions"),
    )
    op.create_index("ix_subscriptions_address_id", "subscriptions", ["address_id"])
    _add_index("subscriptions", "unconfirmed", ["asked_at"], "confirmed_at IS NULL")
    _add_index("subscriptions", "confirmed", ["comment_id"], "confirmed_at IS NOT NULL")


def _add_mails() -> None:
    op.create_table(
        "reader_mails",
        sa.Column("id", ID, nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("about_id", ID, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.Column("lease_token", sa.String(32)),
        sa.Column("sent_at", sa.BigInteger()),
        _to("reader_mails", "comment_id", "comments"),
        _to("reader_mails", "about_id", "comments"),
        sa.PrimaryKeyConstraint("id", name="pk_reader_mails"),
        sa.UniqueConstraint(
            "comment_id", "about_id", "kind", name="uq_reader_mails_comment_id_about_id_kind"
        ),
    )
    op.create_index("ix_reader_mails_about_id", "reader_mails", ["about_id"])
    _add_index("reader_mails", "unsent", ["next_attempt_at", "id"], "state IN ('waiting', 'held')")


def _add_index(table: str, name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    conditions: dict[str, Any] = {"sqlite_where": where, "postgresql_where": where}
    op.create_index(f"ix_{table}_{name}", table, columns, **conditions)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")
