"""Threads: which comment is the first of each, and how many of it are public"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# A root that nobody answered needs no step.
_FIND_ROOTS = """
WITH RECURSIVE tree (id, root_id) AS (
    SELECT id, id FROM comments
    WHERE parent_id IS NULL
        AND id IN (SELECT parent_id FROM comments WHERE parent_id IS NOT NULL)
    UNION ALL
    SELECT comments.id, tree.root_id FROM tree JOIN comments ON comments.parent_id = tree.id
)
UPDATE comments SET thread_id = tree.root_id
FROM tree WHERE tree.id = comments.id AND tree.id <> tree.root_id
"""
_COUNT = """
INSERT INTO threads (root_id, page_id, started_at, approved, answers)
SELECT roots.id, roots.page_id, roots.submitted_at, counts.approved, counts.answers
FROM (
    SELECT coalesce(thread_id, id) AS root_id, count(*) AS approved, count(thread_id) AS answers
    FROM comments WHERE status = 'approved' GROUP BY coalesce(thread_id, id)
) AS counts JOIN comments AS roots ON roots.id = counts.root_id
"""


def upgrade() -> None:
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    # By hand: Alembic adds no column with a foreign key on SQLite.
    op.execute(
        f"ALTER TABLE comments ADD COLUMN thread_id {kind}"
        " CONSTRAINT fk_comments_thread_id REFERENCES comments (id)"
    )
    op.execute(_FIND_ROOTS)
    _make_table()
    op.execute(_COUNT)
    _make_indexes()


def _make_table() -> None:
    op.create_table(
        "threads",
        sa.Column("root_id", _ID, autoincrement=False, nullable=False),
        sa.Column("page_id", _ID, nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("approved", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_threads_page_id")),
        sa.ForeignKeyConstraint(["root_id"], ["comments.id"], name=op.f("fk_threads_root_id")),
        sa.PrimaryKeyConstraint("root_id", name=op.f("pk_threads")),
    )


def _make_indexes() -> None:
    for name, table, columns, condition in (
        ("started", "threads", ["page_id", "started_at", "root_id"], "approved > 0"),
        ("answers", "threads", ["page_id", "answers", "started_at", "root_id"], "approved > 0"),
        (
            "thread",
            "comments",
            ["thread_id", "status", "submitted_at", "id"],
            "thread_id IS NOT NULL",
        ),
    ):
        where = sa.text(condition)
        full_name = f"ix_{table}_{name}"
        op.create_index(full_name, table, columns, sqlite_where=where, postgresql_where=where)
