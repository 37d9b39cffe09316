"""The tables of who is told what: webhooks, what is on its way to them, feeds, digests."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from moderation.storage.schema.column_types import ID, UtcTime, metadata, partial_index, row_id, to

# Decisions that are not deliveries yet: moderation/storage/decisions/records.py writes them.
outbox = Table(
    "outbox",
    metadata,
    Column("decision_id", ID, to("decisions"), primary_key=True),
)

webhooks = Table(
    "webhooks",
    metadata,
    row_id(),
    Column("url", Text, nullable=False),
    Column("site_id", ID, to("sites")),  # None: every one
    Column("events", JSON, nullable=False),
    Column("salt", String(32), nullable=False),  # the secret is made from it
    Column("secret_hash", String(64), nullable=False),  # so that another secret is noticed
    Column("created_at", UtcTime, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("problem", Text),
    Column("failures", Integer, nullable=False),
    Column("failing_since", UtcTime),
    Column("backoff_until", UtcTime, nullable=False),
    Column("lease_until", UtcTime, nullable=False),
    Column("lease_token", String(32)),
)

deliveries = Table(
    "deliveries",
    metadata,
    row_id(),
    Column("webhook_id", ID, to("webhooks"), nullable=False),
    Column("decision_id", ID, to("decisions")),  # None: a test
    Column("type", String(40), nullable=False),
    Column("message_id", String(40), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("next_attempt_at", UtcTime, nullable=False),
    Column("give_up_at", UtcTime, nullable=False),
    Column("last_attempt_at", UtcTime),
    Column("status", Integer),
    Column("problem", Text),
    UniqueConstraint("webhook_id", "decision_id", "type"),  # makes telling twice impossible
    Index(None, "webhook_id", "id"),
)
is_waiting = deliveries.c.state == literal_column("'waiting'")
partial_index("ix_deliveries_waiting", deliveries.c.webhook_id, deliveries.c.id, where=is_waiting)
partial_index(
    "ix_deliveries_decision_id",
    deliveries.c.decision_id,
    where=deliveries.c.decision_id.is_not(None),
)

feeds = Table(
    "feeds",
    metadata,
    Column("moderator_id", ID, to("moderators"), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", UtcTime, nullable=False),
)

digests = Table(
    "digests",
    metadata,
    Column("moderator_id", ID, to("moderators"), primary_key=True),
    Column("frequency", String(8), nullable=False),
    Column("address", String(254), nullable=False),
    Column("period", BigInteger, nullable=False),  # the hour or day that the last one was for
    Column("retry_at", UtcTime, nullable=False),
    Column("problem", Text),
    Column("asked_at", UtcTime),  # when the mail went that asks whether the address is right
    Column("confirmed_at", UtcTime),  # None: no digest goes there
)
