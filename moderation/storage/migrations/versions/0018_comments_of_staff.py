"""Comments that moderators write for their site"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    # By hand: Alembic adds no column with a foreign key on SQLite.
    op.execute(
        f"ALTER TABLE comments ADD COLUMN staff_id {kind}"
        " CONSTRAINT fk_comments_staff_id REFERENCES moderators (id)"
    )
