"""The tables of mails to readers: addresses, what they are mailed about, and mails on their way."""

from sqlalchemy import (
    Column,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    literal_column,
)

from moderation.storage.schema.column_types import ID, UtcTime, metadata, partial_index, row_id, to

mail_addresses = Table(
    "mail_addresses",
    metadata,
    row_id(),
    Column("site_id", ID, to("sites"), nullable=False),
    Column("address_hash", String(64), nullable=False),
    Column("address", String(254)),  # None: its owner wants no mail, and it is not kept
    Column("stopped_at", UtcTime),
    UniqueConstraint("site_id", "address_hash"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("comment_id", ID, to("comments"), primary_key=True),
    Column("address_id", ID, to("mail_addresses"), nullable=False, index=True),
    Column("language", String(8), nullable=False),
    Column("asked_at", UtcTime),  # when it was left; None: it was imported, and nobody is asked
    Column("confirmed_at", UtcTime),  # None: nothing is sent but the question
    Column("told_status", String(16)),  # what the author knows of the comment
)
is_confirmed = subscriptions.c.confirmed_at.is_not(None)
partial_index("ix_subscriptions_confirmed", subscriptions.c.comment_id, where=is_confirmed)
partial_index(
    "ix_subscriptions_unconfirmed",
    subscriptions.c.asked_at,
    where=subscriptions.c.confirmed_at.is_(None),
)

reader_mails = Table(
    "reader_mails",
    metadata,
    row_id(),
    Column("comment_id", ID, to("comments"), nullable=False),  # the reader's own
    Column("about_id", ID, to("comments"), nullable=False),  # the reply, else the reader's own
    Column("kind", String(8), nullable=False),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcTime, nullable=False),
    Column("lease_until", UtcTime, nullable=False),
    Column("lease_token", String(32)),
    Column("sent_at", UtcTime),
    UniqueConstraint("comment_id", "about_id", "kind"),  # makes telling twice impossible
    Index(None, "about_id"),
)
is_unsent = reader_mails.c.state.in_([literal_column("'waiting'"), literal_column("'held'")])
partial_index(
    "ix_reader_mails_unsent", reader_mails.c.next_attempt_at, reader_mails.c.id, where=is_unsent
)
