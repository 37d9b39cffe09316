"""Plain names of columns; an outbox without a trigger, since Python writes it now"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_DROP_TRIGGER = {
    "sqlite": ["DROP TRIGGER decisions_to_outbox"],
    "postgresql": [
        "DROP TRIGGER decisions_to_outbox ON decisions",
        "DROP FUNCTION decisions_to_outbox()",
    ],
}
_COLUMNS = {
    "audit_log": {"who": "actor", "what": "action"},
    "comments": {"worst": "max_score", "doubt": "uncertainty"},
    "decisions": {"who": "actor"},
    "deliveries": {
        "next_at": "next_attempt_at",
        "last_at": "last_attempt_at",
        "until": "give_up_at",
    },
    "digests": {"every": "frequency", "next_at": "retry_at"},
    "feeds": {"made_at": "created_at"},
    "holds": {"until": "expires_at"},
    "sanctions": {"until": "expires_at"},
    "sessions": {"until": "expires_at", "how": "method"},
    "webhooks": {"resting_until": "backoff_until"},
}
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# What is in the finished days, under its old name and its new one.
_ROLLED_UP = {
    "day": "day",
    "site_id": "site_id",
    "submitted": "submitted",
    "approved": "approved",
    "flagged": "flagged",
    "rejected": "rejected",
    "by_person": "by_moderator",
    "by_machine": "by_policy",
    "causes": "reasons",
    "p50": "p50",
    "p90": "p90",
}


def upgrade() -> None:
    for statement in _DROP_TRIGGER[op.get_bind().dialect.name]:
        op.execute(statement)
    for table, columns in _COLUMNS.items():
        for old, new in columns.items():
            op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    _rename_indexes()
    _rename_finished_days()


def _rename_indexes() -> None:
    # Made anew: SQLite cannot rename an index. Those of flagged comments are small.
    op.drop_index("ix_decisions_who", "decisions")
    op.create_index("ix_decisions_actor", "decisions", ["actor", "id"])
    flagged = sa.text("status = 'flagged'")
    for old, new in {"worst": "max_score", "doubt": "uncertainty"}.items():
        for site, columns in {"": [new, "id"], "_site": ["site_id", new, "id"]}.items():
            op.drop_index(f"ix_comments_flagged{site}_{old}", "comments")
            op.create_index(
                f"ix_comments_flagged{site}_{new}",
                "comments",
                columns,
                sqlite_where=flagged,
                postgresql_where=flagged,
            )


def _rename_finished_days() -> None:
    # A new table with the old rows: on both databases its constraints have its name.
    counts = ("submitted", "approved", "flagged", "rejected", "by_moderator", "by_policy")
    op.create_table(
        "daily_rollups",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("site_id", _ID, nullable=False),
        *(sa.Column(count, sa.Integer(), nullable=False) for count in counts),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("p50", sa.BigInteger(), nullable=True),
        sa.Column("p90", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_daily_rollups_site_id")),
        sa.PrimaryKeyConstraint("day", "site_id", name=op.f("pk_daily_rollups")),
    )
    old, new = ", ".join(_ROLLED_UP), ", ".join(_ROLLED_UP.values())
    op.execute(f"INSERT INTO daily_rollups ({new}) SELECT {old} FROM finished_days")  # noqa: S608 names of ours
    op.drop_table("finished_days")
