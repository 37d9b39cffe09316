"""The table of the rules: every version that a site or a page had."""

from sqlalchemy import Column, Index, String, Table, Text

from moderation.storage.schema.column_types import (
    ID,
    UtcTime,
    metadata,
    partial_index,
    row_id,
    to,
)

rule_versions = Table(
    "rule_versions",
    metadata,
    row_id(),
    Column("site_id", ID, to("sites"), nullable=False),
    Column("page_id", ID, to("pages")),  # None: of the whole site
    Column("document", Text, nullable=False),  # JSON, as it was written: the same text is read once
    Column("made_at", UtcTime, nullable=False),
    Column("made_by", String(200), nullable=False),  # as the audit log calls them
    Index(None, "site_id", "id"),
)
of_page = rule_versions.c.page_id.is_not(None)
partial_index(
    "ix_rule_versions_page_id", rule_versions.c.page_id, rule_versions.c.id, where=of_page
)
