"""The tables of the decisions, and of those made in bulk."""

from sqlalchemy import JSON, Column, Index, Integer, String, Table, UniqueConstraint, literal_column

from moderation.comments import Actor
from moderation.storage.schema.column_types import ID, UtcTime, metadata, partial_index, row_id, to
from moderation.storage.schema.comments import comments

decisions = Table(
    "decisions",
    metadata,
    row_id(),
    Column("comment_id", ID, to("comments"), nullable=False),
    Column("version", Integer, nullable=False),  # the comment's, after the decision
    Column("actor", String(16), nullable=False),  # policy or moderator
    Column("moderator_id", ID, to("moderators")),
    Column("from_status", String(16), nullable=False),
    Column("to_status", String(16), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("decided_at", UtcTime, nullable=False),
    Column("bulk_id", ID, to("bulks")),
    UniqueConstraint("comment_id", "version"),  # makes deciding twice impossible
)
# A comment with the decision that made it what it is; every decision raises the version by one.
is_latest = (decisions.c.comment_id == comments.c.id) & (decisions.c.version == comments.c.version)

is_by_person = decisions.c.actor == literal_column(f"'{Actor.MODERATOR}'")
partial_index(
    "ix_decisions_by_person", decisions.c.decided_at, decisions.c.comment_id, where=is_by_person
)
_in_bulk = decisions.c.bulk_id.is_not(None)
partial_index("ix_decisions_bulk", decisions.c.bulk_id, decisions.c.comment_id, where=_in_bulk)
by_moderator = decisions.c.moderator_id.is_not(None)
partial_index(
    "ix_decisions_moderator_comment",
    decisions.c.moderator_id,
    decisions.c.comment_id,
    where=by_moderator,
)
leaves_settled = decisions.c.from_status.in_(
    [literal_column("'approved'"), literal_column("'rejected'")]
)
partial_index("ix_decisions_again", decisions.c.comment_id, where=leaves_settled)
# For the numbers by day.
Index("ix_decisions_decided_at", decisions.c.decided_at)
Index("ix_decisions_actor", decisions.c.actor, decisions.c.id)
Index("ix_decisions_moderator", decisions.c.moderator_id, decisions.c.id)

bulks = Table(
    "bulks",
    metadata,
    row_id(),
    Column("public_id", String(32), nullable=False, unique=True),
    Column("moderator_id", ID, to("moderators"), nullable=False),
    Column("filter", JSON, nullable=False),  # null in JSON: chosen one by one
    Column("sites", JSON(none_as_null=True)),  # names: of no other has it anything; None: of any
    Column("status", String(16), nullable=False),  # what everything in it became
    Column("begun_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("undone_at", UtcTime),
)
