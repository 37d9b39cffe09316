"""The tables of the sites: their keys, their pages, and the numbers of their finished days."""

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, Text, UniqueConstraint, false

from moderation.storage.schema.column_types import (
    ID,
    Duration,
    UtcTime,
    metadata,
    partial_index,
    row_id,
    to,
)

sites = Table(
    "sites",
    metadata,
    row_id(),
    Column("name", String(40), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("origins", JSON, nullable=False),
    Column("policy", JSON, nullable=False),
    Column("max_text", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("edit_minutes", Integer, nullable=False, server_default="5"),  # 0: nobody may
    Column("nudges", Boolean, nullable=False, server_default=false()),
    Column("reader_mail", Boolean, nullable=False, server_default=false()),
    Column("submit_limit", String(40)),  # "off": none; None: the server's
    Column("key_limit", String(40)),
    Column("languages", JSON, nullable=False, server_default='["en"]'),  # codes
    Column("default_language", String(16), nullable=False, server_default="en"),
    Column("raised_languages", JSON, nullable=False, server_default="[]"),
    Column("suspect_words", JSON, nullable=False, server_default="[]"),
    Column("suspect_lists", JSON, nullable=False, server_default="[]"),  # codes of languages
    Column("safeguards", JSON, nullable=False, server_default="{}"),
)

site_keys = Table(
    "site_keys",
    metadata,
    row_id(),
    Column("site_id", ID, to("sites"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("scope", String(10), nullable=False, server_default="submit"),
    Column("key_hash", String(64), nullable=False, unique=True),
    Column("created_at", UtcTime, nullable=False),
    Column("last_used_at", UtcTime),  # by the minute; None: never, or not since it has a name
    UniqueConstraint("site_id", "name"),
)

coral_secrets = Table(
    "coral_secrets",
    metadata,
    row_id(),
    Column("site_id", ID, to("sites"), nullable=False),
    Column("secret", String(200), nullable=False),  # Coral makes it: to check, it must be here
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("site_id", "secret"),
)

pages = Table(
    "pages",
    metadata,
    row_id(),
    Column("site_id", ID, to("sites"), nullable=False),
    Column("key", Text, nullable=False),
    Column("moved_to", ID, to("pages")),  # its comments are there; nothing is written here again
    Column("url", Text),  # proven by the key, the site's key or the site's page
    Column("title", Text),  # as the site's key or the site's page has it
    Column("claimed_url", Text),  # where to look for a page whose key is no address
    Column("claimed_title", Text),  # by the request for which the site's page is read; never shown
    Column("checked_at", UtcTime),
    Column("check_at", UtcTime, index=True),  # when to read the site's page; None: not asked for
    Column("approved", Integer, nullable=False),  # kept, not counted
    Column("revision", Integer, nullable=False),  # grows with every change of what is public
    UniqueConstraint("site_id", "key"),
)
partial_index("ix_pages_moved_to", pages.c.moved_to, where=pages.c.moved_to.is_not(None))

daily_rollups = Table(
    "daily_rollups",
    metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),  # since 1970, in UTC
    Column("site_id", ID, to("sites"), primary_key=True),
    *(
        Column(count, Integer, nullable=False)
        for count in (
            "submitted",
            "approved",
            "rejected",
            "waiting",
            "by_moderator",
            "by_policy",
            "overturned",
        )
    ),
    Column("reasons", JSON, nullable=False),
    Column("p50", Duration),
    Column("p90", Duration),
    Column("stale_since", UtcTime),  # a comment of the day was decided since; None: as counted
)
