"""Told in time: webhooks, the outbox of decisions, deliveries, feeds, digests"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TO_OUTBOX = {
    "sqlite": [
        "CREATE TRIGGER decisions_to_outbox AFTER INSERT ON decisions "
        "WHEN EXISTS (SELECT 1 FROM webhooks WHERE active) "
        "BEGIN INSERT INTO outbox (decision_id) VALUES (NEW.id); END"
    ],
    "postgresql": [
        "CREATE FUNCTION decisions_to_outbox() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF EXISTS (SELECT 1 FROM webhooks WHERE active) THEN "
        "INSERT INTO outbox (decision_id) SELECT id FROM made; END IF; RETURN NULL; END $$",
        "CREATE TRIGGER decisions_to_outbox AFTER INSERT ON decisions "
        "REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION decisions_to_outbox()",
    ],
}


def upgrade() -> None:
    _add_webhooks()
    _add_deliveries()
    _add_feeds()
    _add_digests()
    for statement in _TO_OUTBOX[op.get_bind().dialect.name]:
        op.execute(statement)


def _add_webhooks() -> None:
    op.create_table(
        "webhooks",
        sa.Column("id", _ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("site_id", _ID, nullable=True),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", sa.BigInteger(), nullable=True),
        sa.Column("resting_until", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_webhooks_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
    )
    op.create_table(
        "outbox",
        sa.Column("decision_id", _ID, nullable=False),
        _to_decision("outbox"),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_outbox")),
    )


def _add_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", _ID, nullable=False),
        sa.Column("webhook_id", _ID, nullable=False),
        sa.Column("decision_id", _ID, nullable=True),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("message_id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhooks.id"], name=op.f("fk_deliveries_webhook_id")
        ),
        _to_decision("deliveries"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("message_id", name=op.f("uq_deliveries_message_id")),
        sa.UniqueConstraint(
            "webhook_id",
            "decision_id",
            "type",
            name=op.f("uq_deliveries_webhook_id_decision_id_type"),
        ),
    )
    op.create_index(op.f("ix_deliveries_webhook_id_id"), "deliveries", ["webhook_id", "id"])
    op.create_index(
        "ix_deliveries_waiting",
        "deliveries",
        ["webhook_id", "id"],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def _add_feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("moderator_id", _ID, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["moderator_id"], ["moderators.id"], name=op.f("fk_feeds_moderator_id")
        ),
        sa.PrimaryKeyConstraint("moderator_id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feeds_token_hash")),
    )


def _add_digests() -> None:
    op.create_table(
        "digests",
        sa.Column("moderator_id", _ID, nullable=False),
        sa.Column("every", sa.String(length=8), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("period", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["moderator_id"], ["moderators.id"], name=op.f("fk_digests_moderator_id")
        ),
        sa.PrimaryKeyConstraint("moderator_id", name=op.f("pk_digests")),
    )


def _to_decision(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_decision_id")
    return sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=name)
