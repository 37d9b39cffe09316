"""The tables of the moderators: who they are, what they may, how they sign in."""

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table, Text

from moderation.storage.schema.column_types import ID, UtcTime, metadata, row_id, to

moderators = Table(
    "moderators",
    metadata,
    row_id(),
    Column("name", String(80), nullable=False, unique=True),
    Column("name_key", Text, nullable=False, server_default=""),  # what names are compared by
    Column("password_hash", Text),
    Column("link_hash", String(64), unique=True),  # of the one-time sign-in link
    Column("link_until", UtcTime),
    Column("active", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("role", String(16), nullable=False),
    Column("every_site", Boolean, nullable=False),  # False: those in moderator_sites
    Column("email", String(254)),
    Column("totp_salt", String(32)),  # of the second factor; the secret is made from it
    Column("totp_since", UtcTime),  # None: not proven yet, so not asked for
    Column("totp_step", BigInteger, nullable=False),  # the newest code's time: none is taken twice
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("moderator_id", ID, to("moderators"), nullable=False, index=True),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("method", String(16), nullable=False),  # link, password, provider
    Column("browser", String(200)),
    Column("complete", Boolean, nullable=False),  # False: the second factor is still missing
)

moderator_sites = Table(
    "moderator_sites",
    metadata,
    Column("moderator_id", ID, to("moderators"), primary_key=True),
    Column("site_id", ID, to("sites"), primary_key=True),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("moderator_id", ID, to("moderators"), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    row_id(),
    Column("moderator_id", ID, to("moderators"), nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", UtcTime, nullable=False),
)
Index("uq_moderators_email", moderators.c.email, unique=True)
Index("uq_moderators_name_key", moderators.c.name_key, unique=True)
