"""Search, bulks, reports and the audit sample"""

import sqlalchemy as sa
from alembic import op

from moderation.storage.comments.search_index import add_words
from moderation.text.search_terms import all_words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_AT_ONCE = 1000


def upgrade() -> None:
    _add_bulks()
    _add_reports()
    _add_samples()
    _add_status_index("ix_comments_rejected", ["id"], "rejected")
    _add_status_index("ix_comments_flagged_id", ["id", "site_id"], "flagged")
    op.drop_index("ix_comments_submitted_at", "comments")  # it was of the moments alone
    op.create_index("ix_comments_submitted_at", "comments", ["submitted_at", "id"])
    _add_word_index()
    _index_what_is_there(op.get_bind())


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _add_status_index(name: str, columns: list[str], status: str) -> None:
    where = sa.text(f"status = '{status}'")
    op.create_index(name, "comments", columns, sqlite_where=where, postgresql_where=where)


def _add_bulks() -> None:
    op.create_table(
        "bulks",
        sa.Column("id", _id(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("moderator_id", _id(), nullable=False),
        sa.Column("filter", sa.JSON(), nullable=False),
        sa.Column("sites", sa.JSON(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["moderator_id"], ["moderators.id"], name=op.f("fk_bulks_moderator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulks")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bulks_public_id")),
    )
    # In plain SQL: Alembic would copy the whole table on SQLite to add the constraint.
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE decisions ADD COLUMN bulk_id {kind}"
        " CONSTRAINT fk_decisions_bulk_id REFERENCES bulks (id)"
    )
    for name, column in (("bulk", "bulk_id"), ("moderator_comment", "moderator_id")):
        where = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_decisions_{name}",
            "decisions",
            [column, "comment_id"],
            sqlite_where=where,
            postgresql_where=where,
        )


def _add_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", _id(), nullable=False),
        sa.Column("comment_id", _id(), nullable=False),
        sa.Column("address_hash", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("reported_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_by", _id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_reports_comment_id")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["moderators.id"], name=op.f("fk_reports_closed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint(
            "comment_id", "address_hash", name=op.f("uq_reports_comment_id_address_hash")
        ),
    )
    where = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_reports_open", "reports", ["comment_id"], sqlite_where=where, postgresql_where=where
    )


def _add_samples() -> None:
    op.create_table(
        "samples",
        sa.Column("comment_id", _id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("chosen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_samples_comment_id")
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_samples")),
    )
    op.create_table(
        "sample_reviews",
        sa.Column("id", _id(), nullable=False),
        sa.Column("comment_id", _id(), nullable=False),
        sa.Column("moderator_id", _id(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("reviewed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_sample_reviews_comment_id")
        ),
        sa.ForeignKeyConstraint(
            ["moderator_id"], ["moderators.id"], name=op.f("fk_sample_reviews_moderator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_reviews")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_sample_reviews_comment_id")),
    )


def _add_word_index() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # Only words and ids are kept: the texts stand in comments. The words are cut already, so
        # of the tokenizers the one that cuts only at spaces is right.
        op.execute(
            "CREATE VIRTUAL TABLE comment_words USING fts5"
            " (words, content = '', detail = 'none', columnsize = 0, tokenize = 'ascii')"
        )
        return
    op.execute(
        "CREATE TABLE comment_words (comment_id BIGINT"
        " CONSTRAINT pk_comment_words PRIMARY KEY"
        " CONSTRAINT fk_comment_words_comment_id REFERENCES comments (id),"
        " words tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_comment_words ON comment_words USING gin (words)")


def _index_what_is_there(connection: sa.Connection) -> None:
    next_rows = sa.text(
        "SELECT id, public_id, site_id, page_id, name, text FROM comments"
        " WHERE id > :last ORDER BY id LIMIT :some"
    )
    last = 0
    while rows := connection.execute(next_rows, {"last": last, "some": _AT_ONCE}).all():
        add_words(
            connection,
            [
                (
                    row.public_id,
                    all_words(
                        site_id=row.site_id, page_id=row.page_id, name=row.name, text=row.text
                    ),
                )
                for row in rows
            ],
        )
        last = rows[-1].id
