"""People and proof: roles, second factors, tokens, the audit log"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_APPEND_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER audit_log_no_{verb} BEFORE {verb} ON audit_log "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION audit_log_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
        "CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log "
        "FOR EACH ROW EXECUTE FUNCTION audit_log_append_only()",
    ],
}


def upgrade() -> None:
    _add_columns()
    _add_audit_log()
    _add_people_tables()
    op.create_index("ix_comments_submitted_at", "comments", ["submitted_at"])
    op.create_index("ix_decisions_decided_at", "decisions", ["decided_at"])
    op.create_index(
        "ix_decisions_by_person",
        "decisions",
        ["decided_at", "comment_id"],
        sqlite_where=sa.text("who = 'moderator'"),
        postgresql_where=sa.text("who = 'moderator'"),
    )


def _add_columns() -> None:
    yes = sa.true()
    for column in (
        sa.Column("role", sa.String(length=16), nullable=False, server_default="moderator"),
        sa.Column("every_site", sa.Boolean(), nullable=False, server_default=yes),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("totp_salt", sa.String(length=32), nullable=True),
        sa.Column("totp_since", sa.BigInteger(), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=False, server_default="0"),
    ):
        op.add_column("moderators", column)
    # An index, not a constraint: SQLite would have to copy a table that others refer to.
    op.create_index("uq_moderators_email", "moderators", ["email"], unique=True)
    # Who was there first has run this Parley so far.
    op.execute("UPDATE moderators SET role = 'admin' WHERE id = (SELECT min(id) FROM moderators)")
    for column in (
        sa.Column("how", sa.String(length=16), nullable=False, server_default="password"),
        sa.Column("browser", sa.String(length=200), nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False, server_default=yes),
    ):
        op.add_column("sessions", column)


def _add_audit_log() -> None:
    op.create_table(
        "audit_log",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.String(length=90), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_log")),
        sa.UniqueConstraint("previous_hash", name=op.f("uq_audit_log_previous_hash")),
    )
    for statement in _APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def _add_people_tables() -> None:
    op.create_table(
        "moderator_sites",
        _moderator_id(),
        sa.Column("site_id", _ID, nullable=False),
        _moderator_key("moderator_sites"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_moderator_sites_site_id")),
        sa.PrimaryKeyConstraint("moderator_id", "site_id", name=op.f("pk_moderator_sites")),
    )
    op.create_table(
        "recovery_codes",
        _moderator_id(),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        _moderator_key("recovery_codes"),
        sa.PrimaryKeyConstraint("moderator_id", "code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "api_tokens",
        sa.Column("id", _ID, nullable=False),
        _moderator_id(),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        _moderator_key("api_tokens"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_tokens_token_hash")),
    )
    op.create_index(op.f("ix_api_tokens_moderator_id"), "api_tokens", ["moderator_id"])


def _moderator_id() -> sa.Column[int]:
    return sa.Column("moderator_id", _ID, nullable=False)


def _moderator_key(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_moderator_id")
    return sa.ForeignKeyConstraint(["moderator_id"], ["moderators.id"], name=name)
