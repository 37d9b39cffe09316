"""The tables of the server itself: its workers, the keys of its hashes, its audit log."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from moderation.storage.schema.column_types import Duration, UtcTime, metadata

workers = Table(
    "workers",
    metadata,
    Column("name", String(120), primary_key=True),  # host and process
    Column("model", String(80)),  # None: the model was refused, see problem
    Column("problem", Text),
    Column("seen_at", UtcTime, nullable=False),  # by the worker's clock
    Column("clock_offset", Duration),  # of that clock to the database's
    Column("swept_at", UtcTime),  # when it last swept without a fault
    Column("drained_by_sweep", Integer, nullable=False, server_default="0"),
    Column("killed_jobs", Integer, nullable=False, server_default="0"),
    Column("failed_scorings", Integer, nullable=False, server_default="0"),
)

address_keys = Table(
    "address_keys",
    metadata,
    Column("period", Integer, primary_key=True, autoincrement=False),
    Column("key", String(64), nullable=False),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),  # without gaps
    Column("at", UtcTime, nullable=False),
    Column("actor", String(90), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("previous_hash", String(64), nullable=False, unique=True),  # makes a fork impossible
    Column("hash", String(64), nullable=False),
)

database_identity = Table(
    "database_identity",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # 1: there is one row
    Column("incarnation", String(32), nullable=False),  # random, another one after a restore
    Column("tried_at", UtcTime),  # when /readyz last tried to write
    Column("backed_up_at", UtcTime),  # None: never, or not since it was restored
)

unnamed_proxies = Table(
    "unnamed_proxies",
    metadata,
    Column("place", String(45), primary_key=True),  # a private address, or `public` for all others
    Column("seen_at", UtcTime, nullable=False),
)

credential_uses = Table(
    "credential_uses",
    metadata,
    Column("credential_hash", String(64), primary_key=True),
    Column("day", Integer, primary_key=True),  # days since 1970; earlier days are deleted
    Column("address_hash", String(32), primary_key=True),
)
