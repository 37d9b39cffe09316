"""The tables, the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.types import TypeDecorator

from moderation.policy import ATTRIBUTES

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class UtcTime(TypeDecorator[datetime]):
    """A moment as whole microseconds since 1970: exact and ordered alike on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + timedelta(microseconds=value)


class Duration(TypeDecorator[timedelta]):
    """A length of time as whole microseconds."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        return None if value is None else value // timedelta(microseconds=1)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> timedelta | None:
        return None if value is None else timedelta(microseconds=value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    # SQLite numbers rows by itself only for a column declared INTEGER PRIMARY KEY.
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def _to(table: str) -> ForeignKey:
    return ForeignKey(f"{table}.id")


sites = Table(
    "sites",
    metadata,
    _id(),
    Column("name", String(40), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("origins", JSON, nullable=False),
    Column("policy", JSON, nullable=False),
    Column("max_text", Integer, nullable=False),
    Column("key_hash", String(64)),
    Column("created_at", UtcTime, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    _id(),
    Column("site_id", None, _to("sites"), nullable=False),
    Column("key", Text, nullable=False),
    Column("url", Text),
    Column("title", Text),
    Column("approved", Integer, nullable=False),  # kept, not counted
    Column("revision", Integer, nullable=False),  # grows with every change of what is public
    UniqueConstraint("site_id", "key"),
)

comments = Table(
    "comments",
    metadata,
    _id(),
    Column("public_id", String(32), nullable=False, unique=True),
    Column("site_id", None, _to("sites"), nullable=False),
    Column("page_id", None, _to("pages"), nullable=False),
    Column("parent_id", None, _to("comments")),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("version", Integer, nullable=False),  # 1 when submitted, one more with each decision
    Column("submitted_at", UtcTime, nullable=False),
    Column("address_hash", String(32)),
    Column("idempotency_key", String(255)),
    Column("body_hash", String(64)),
    Column("attempts", Integer, nullable=False),
    Column("lease_until", UtcTime, nullable=False),
    Column("lease_token", String(32)),
    Column("fingerprint", String(16)),  # the same for near-duplicates; None: too short to tell
    # Where it stands in the queue, written when it enters: see storage/orders.py.
    Column("worst", Float, nullable=False, server_default="0"),
    Column("doubt", Float, nullable=False, server_default="0"),
    UniqueConstraint("site_id", "idempotency_key"),
    Index(None, "page_id", "status", "submitted_at", "id"),
)
# Literals, not parameters: only so do the databases see that a partial index answers a query.
# The migrations make each index partial on PostgreSQL too; postgresql_where here would have every
# process load that dialect, 3 MB.
is_pending = comments.c.status == literal_column("'pending'")
is_flagged = comments.c.status == literal_column("'flagged'")
# To count them: the bound holds for all, and without it SQLite counts along an index of every
# comment (0.1 s for a million, 0.01 s with it; measured).
all_flagged = (is_flagged, comments.c.submitted_at >= EPOCH)
Index(
    "ix_comments_pending",
    comments.c.attempts,
    comments.c.id,
    sqlite_where=is_pending,
)
Index(
    "ix_comments_flagged",
    comments.c.submitted_at,
    comments.c.id,
    sqlite_where=is_flagged,
)

scores = Table(
    "scores",
    metadata,
    Column("comment_id", None, _to("comments"), primary_key=True),
    Column("model", String(80), nullable=False),
    *(Column(attribute, Float) for attribute in ATTRIBUTES),
)

moderators = Table(
    "moderators",
    metadata,
    _id(),
    Column("name", String(80), nullable=False, unique=True),
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
    Column("moderator_id", None, _to("moderators"), nullable=False, index=True),
    Column("created_at", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("how", String(16), nullable=False),  # link, password, provider
    Column("browser", String(200)),
    Column("complete", Boolean, nullable=False),  # False: the second factor is still missing
)

decisions = Table(
    "decisions",
    metadata,
    _id(),
    Column("comment_id", None, _to("comments"), nullable=False),
    Column("version", Integer, nullable=False),  # the comment's, after the decision
    Column("who", String(16), nullable=False),  # policy, moderator, author
    Column("moderator_id", None, _to("moderators")),
    Column("from_status", String(16), nullable=False),
    Column("to_status", String(16), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("decided_at", UtcTime, nullable=False),
    UniqueConstraint("comment_id", "version"),  # makes deciding twice impossible
)
# A comment with the decision that made it what it is; every decision raises the version by one.
is_latest = (decisions.c.comment_id == comments.c.id) & (decisions.c.version == comments.c.version)

workers = Table(
    "workers",
    metadata,
    Column("name", String(120), primary_key=True),  # host and process
    Column("model", String(80)),  # None: the model was refused, see problem
    Column("problem", Text),
    Column("seen_at", UtcTime, nullable=False),
)

finished_days = Table(
    "finished_days",
    metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),  # since 1970, in UTC
    Column("site_id", None, _to("sites"), primary_key=True),
    *(
        Column(count, Integer, nullable=False)
        for count in ("submitted", "approved", "flagged", "rejected", "by_person", "by_machine")
    ),
    Column("causes", JSON, nullable=False),
    Column("p50", Duration),
    Column("p90", Duration),
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
    Column("who", String(90), nullable=False),
    Column("what", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("previous_hash", String(64), nullable=False, unique=True),  # makes a fork impossible
    Column("hash", String(64), nullable=False),
)

moderator_sites = Table(
    "moderator_sites",
    metadata,
    Column("moderator_id", None, _to("moderators"), primary_key=True),
    Column("site_id", None, _to("sites"), primary_key=True),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("moderator_id", None, _to("moderators"), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    _id(),
    Column("moderator_id", None, _to("moderators"), nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", UtcTime, nullable=False),
)

Index("uq_moderators_email", moderators.c.email, unique=True)
# For the numbers by day, and for what was submitted between two moments.
Index("ix_comments_submitted_at", comments.c.submitted_at, comments.c.id)
Index("ix_decisions_decided_at", decisions.c.decided_at)
is_by_person = decisions.c.who == literal_column("'moderator'")
Index(
    "ix_decisions_by_person",
    decisions.c.decided_at,
    decisions.c.comment_id,
    sqlite_where=is_by_person,
)

# The queue's other orders, what is known of authors, and near-duplicates.
# A queue of all sites and one of a single site each need their own index for each order.
for _order, _columns in {
    "": ("submitted_at", "id"),
    "_worst": ("worst", "id"),
    "_doubt": ("doubt", "id"),
    "_page": ("page_id", "submitted_at", "id"),
}.items():
    for _name, _all in ((_order, _columns), (f"_site{_order}", ("site_id", *_columns))):
        if _name:  # the first of them stands beside its table
            Index(
                f"ix_comments_flagged{_name}",
                *(comments.c[each] for each in _all),
                sqlite_where=is_flagged,
            )
_of_author = ("status", "submitted_at", "id")
Index(
    "ix_comments_address", *(comments.c[each] for each in ("site_id", "address_hash", *_of_author))
)
Index("ix_comments_name", *(comments.c[each] for each in ("site_id", "name", *_of_author)))
Index(
    "ix_comments_fingerprint",
    *(comments.c[each] for each in ("site_id", "fingerprint", "submitted_at")),
)
Index("ix_decisions_who", decisions.c.who, decisions.c.id)
Index("ix_decisions_moderator", decisions.c.moderator_id, decisions.c.id)

notes = Table(
    "notes",
    metadata,
    _id(),
    Column("comment_id", None, _to("comments"), nullable=False, index=True),
    Column("moderator_id", None, _to("moderators"), nullable=False),
    Column("text", Text, nullable=False),
    Column("written_at", UtcTime, nullable=False),
)

skips = Table(
    "skips",
    metadata,
    _id(),
    Column("comment_id", None, _to("comments"), nullable=False),
    Column("moderator_id", None, _to("moderators"), nullable=False),
    Column("skipped_at", UtcTime, nullable=False),
    Index(None, "comment_id", "moderator_id"),
)

holds = Table(  # one card, one person: who looks at a flagged comment alone
    "holds",
    metadata,
    Column("comment_id", None, _to("comments"), primary_key=True),
    Column("moderator_id", None, _to("moderators"), nullable=False, index=True),
    Column("until", UtcTime, nullable=False),
)

sanctions = Table(
    "sanctions",
    metadata,
    _id(),
    Column("site_id", None, _to("sites"), nullable=False),
    Column("address_hash", String(32), nullable=False),
    Column("kind", String(16), nullable=False),  # ban, always_flag
    Column("until", UtcTime, nullable=False),
    Column("moderator_id", None, _to("moderators"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("lifted_at", UtcTime),
    Column("lifted_by", None, _to("moderators")),
    Index(None, "site_id", "address_hash"),
)

# Search, bulks, reports and the audit sample. The words of comments are in a table of another kind
# on each database: see words.py.
is_rejected = comments.c.status == literal_column("'rejected'")
Index("ix_comments_rejected", comments.c.id, sqlite_where=is_rejected)
Index(
    "ix_comments_flagged_id",
    comments.c.id,
    comments.c.site_id,
    sqlite_where=is_flagged,
)

bulks = Table(
    "bulks",
    metadata,
    _id(),
    Column("public_id", String(32), nullable=False, unique=True),
    Column("moderator_id", None, _to("moderators"), nullable=False),
    Column("filter", JSON, nullable=False),
    Column("sites", JSON(none_as_null=True)),  # names: of no other has it anything; None: of any
    Column("status", String(16), nullable=False),  # what everything in it became
    Column("begun_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("undone_at", UtcTime),
)
decisions.append_column(Column("bulk_id", None, _to("bulks")))
_in_bulk = decisions.c.bulk_id.is_not(None)
Index(
    "ix_decisions_bulk",
    decisions.c.bulk_id,
    decisions.c.comment_id,
    sqlite_where=_in_bulk,
)
by_moderator = decisions.c.moderator_id.is_not(None)
Index(
    "ix_decisions_moderator_comment",
    decisions.c.moderator_id,
    decisions.c.comment_id,
    sqlite_where=by_moderator,
)

reports = Table(
    "reports",
    metadata,
    _id(),
    Column("comment_id", None, _to("comments"), nullable=False),
    Column("address_hash", String(32), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("text", Text),
    Column("reported_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    Column("closed_by", None, _to("moderators")),
    UniqueConstraint("comment_id", "address_hash"),  # one reader, one report
)
is_open = reports.c.closed_at.is_(None)
Index(
    "ix_reports_open",
    reports.c.comment_id,
    sqlite_where=is_open,
)

samples = Table(
    "samples",
    metadata,
    Column("comment_id", None, _to("comments"), primary_key=True),
    Column("version", Integer, nullable=False),  # the comment's, after the policy's decision
    Column("status", String(16), nullable=False),  # what the policy decided
    Column("chosen_at", UtcTime, nullable=False),
)

sample_reviews = Table(
    "sample_reviews",
    metadata,
    _id(),
    Column("comment_id", None, _to("comments"), nullable=False, unique=True),
    Column("moderator_id", None, _to("moderators"), nullable=False),
    Column("status", String(16), nullable=False),  # what the moderator would have decided
    Column("agrees", Boolean, nullable=False),
    Column("reviewed_at", UtcTime, nullable=False),
)
leaves_settled = decisions.c.from_status.in_(
    [literal_column("'approved'"), literal_column("'rejected'")]
)
Index("ix_decisions_again", decisions.c.comment_id, sqlite_where=leaves_settled)
