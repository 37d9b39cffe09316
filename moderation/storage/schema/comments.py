"""The tables of the comments and of their scores."""

from sqlalchemy import (
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    literal_column,
)

from moderation.policy import ATTRIBUTES
from moderation.storage.schema.column_types import (
    EPOCH,
    ID,
    UtcTime,
    metadata,
    partial_index,
    row_id,
    to,
)

comments = Table(
    "comments",
    metadata,
    row_id(),
    Column("public_id", String(32), nullable=False, unique=True),
    Column("site_id", ID, to("sites"), nullable=False),
    Column("page_id", ID, to("pages"), nullable=False),
    Column("parent_id", ID, to("comments")),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("version", Integer, nullable=False),  # 1 when submitted, one more with each decision
    Column("submitted_at", UtcTime, nullable=False),
    # When it came, where its site's server says that it was written before; None: as submitted.
    Column("arrived_at", UtcTime),
    Column("caught_by", String(20)),  # what tells of a program that sent it
    Column("address_hash", String(32)),
    Column("idempotency_key", String(255)),
    Column("body_hash", String(64)),
    Column("attempts", Integer, nullable=False),
    Column("lease_until", UtcTime, nullable=False),
    Column("lease_token", String(32)),
    Column("fingerprint", String(16)),  # the same for near-duplicates; None: too short to tell
    # What the policy settled it as, without a person; None where it had to wait for one.
    Column("automatic_status", String(16)),
    # Its place in the queue, written when it enters: see moderation/storage/review/queue_orders.py
    Column("section", String(16), nullable=False, server_default="in_doubt"),
    Column("max_score", Float, nullable=False, server_default="0"),
    Column("uncertainty", Float, nullable=False, server_default="0"),
    Column("staff_id", ID, to("moderators")),  # the moderator who wrote it for the site
    Column("thread_id", ID, to("comments")),  # the first of its thread; None: it is that itself
    Column("edited_at", UtcTime),  # when its author changed it last
    Column("unseen_since", UtcTime),  # since when it is published and no person has looked at it
    Column("pinned_at", UtcTime),  # since when it stands first on its page; None: it does not
    UniqueConstraint("site_id", "idempotency_key"),
    Index(None, "page_id", "status", "submitted_at", "id"),
)
DAY = 86_400_000_000  # in microseconds, as times are kept
arrival = func.coalesce(comments.c.arrived_at, comments.c.submitted_at, type_=UtcTime)
is_pending = comments.c.status == literal_column("'pending'")
is_flagged = comments.c.status == literal_column("'flagged'")
is_approved = comments.c.status == literal_column("'approved'")
is_rejected = comments.c.status == literal_column("'rejected'")
# To count them: the bound holds for all, and without it SQLite counts along an index of every
# comment (0.1 s for a million, 0.01 s with it; measured).
all_flagged = (is_flagged, comments.c.submitted_at >= EPOCH)
partial_index("ix_comments_pending", comments.c.attempts, comments.c.id, where=is_pending)
partial_index("ix_comments_flagged", comments.c.submitted_at, comments.c.id, where=is_flagged)
partial_index("ix_comments_rejected", comments.c.id, where=is_rejected)
partial_index("ix_comments_flagged_id", comments.c.id, comments.c.site_id, where=is_flagged)
# The newest of a site, for its feed.
partial_index(
    "ix_comments_site_approved",
    *(comments.c[name] for name in ("site_id", "submitted_at", "id")),
    where=is_approved,
)
# For the numbers by day, and for what was submitted between two moments.
Index("ix_comments_submitted_at", comments.c.submitted_at, comments.c.id)

# The sections of the queue, each in four orders. All of it together is only asked for oldest first.
# A queue of all sites and one of a single site each need their own index for each order.
for _order, _columns in {
    "": ("submitted_at", "id"),
    "_section": ("section", "submitted_at", "id"),
    "_section_max_score": ("section", "max_score", "id"),
    "_section_uncertainty": ("section", "uncertainty", "id"),
    "_section_page": ("section", "page_id", "submitted_at", "id"),
}.items():
    for _name, _all in ((_order, _columns), (f"_site{_order}", ("site_id", *_columns))):
        if _name:  # the first of them stands beside its table
            partial_index(
                f"ix_comments_flagged{_name}",
                *(comments.c[name] for name in _all),
                where=is_flagged,
            )
# What the policy settled by itself, newest first, of all sites and of one.
is_automatic = comments.c.automatic_status.is_not(None)
for _name, _columns in {"": (), "_site": ("site_id",)}.items():
    partial_index(
        f"ix_comments{_name}_automatic",
        *(comments.c[name] for name in (*_columns, "automatic_status", "id")),
        where=is_automatic,
    )
# To find the answers to a comment.
partial_index(
    "ix_comments_parent",
    comments.c.parent_id,
    comments.c.status,
    where=comments.c.parent_id.is_not(None),
)
# To read the answers of a thread in the order of their times.
partial_index(
    "ix_comments_thread",
    *(comments.c[name] for name in ("thread_id", "status", "submitted_at", "id")),
    where=comments.c.thread_id.is_not(None),
)
# What was published to be looked at later, of all sites and of one.
is_unseen = comments.c.unseen_since.is_not(None)
for _name, _columns in {"": (), "_site": ("site_id",)}.items():
    partial_index(
        f"ix_comments{_name}_unseen",
        *(comments.c[name] for name in (*_columns, "id")),
        where=is_unseen,
    )
# What stands first on a page.
is_pinned = comments.c.pinned_at.is_not(None)
partial_index(
    "ix_comments_pinned",
    *(comments.c[name] for name in ("page_id", "pinned_at", "id")),
    where=is_pinned,
)
is_erased = comments.c.status == literal_column("'erased'")
partial_index("ix_comments_erased", comments.c.page_id, comments.c.id, where=is_erased)
# What is known of authors, and near-duplicates.
_of_author = ("status", "submitted_at", "id")
Index(
    "ix_comments_address", *(comments.c[name] for name in ("site_id", "address_hash", *_of_author))
)
Index("ix_comments_name", *(comments.c[name] for name in ("site_id", "name", *_of_author)))
Index(
    "ix_comments_fingerprint",
    *(comments.c[name] for name in ("site_id", "fingerprint", "submitted_at")),
)


def name_score(attribute: str) -> str:
    """Return the column with the score of the author's name for an attribute."""
    return f"name_{attribute}"


scores = Table(
    "scores",
    metadata,
    Column("comment_id", ID, to("comments"), primary_key=True),
    Column("model", String(80), nullable=False),
    *(Column(attribute, Float) for attribute in ATTRIBUTES),
    *(Column(name_score(attribute), Float) for attribute in ATTRIBUTES),
)

earlier_texts = Table(  # what a comment said before its author changed it
    "earlier_texts",
    metadata,
    row_id(),
    Column("comment_id", ID, to("comments"), nullable=False),
    Column("version", Integer, nullable=False),  # the comment's last one with this text
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("replaced_at", UtcTime, nullable=False),
    UniqueConstraint("comment_id", "version"),
)
