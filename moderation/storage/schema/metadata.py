"""Every table: importing this is what makes `metadata` whole."""

from moderation.storage.schema import accounts as people_tables
from moderation.storage.schema import column_types as columns
from moderation.storage.schema import comments as comment_tables
from moderation.storage.schema import decisions as decision_tables
from moderation.storage.schema import notifications as told_tables
from moderation.storage.schema import review as review_tables
from moderation.storage.schema import sites as site_tables
from moderation.storage.schema import system as server_tables

TABLES = (
    site_tables,
    comment_tables,
    decision_tables,
    people_tables,
    review_tables,
    server_tables,
    told_tables,
)
metadata = columns.metadata
