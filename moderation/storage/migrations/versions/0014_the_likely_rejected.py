"""A section of the queue for what is likely to be rejected; by default nothing is unseen"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_ORDERS = {
    "": ["submitted_at", "id"],
    "_max_score": ["max_score", "id"],
    "_uncertainty": ["uncertainty", "id"],
    "_page": ["page_id", "submitted_at", "id"],
}
_SITES: dict[str, list[str]] = {"": [], "_site": ["site_id"]}
_AUTOMATIC = """
UPDATE comments SET automatic_status = (
    SELECT to_status FROM decisions
    WHERE decisions.comment_id = comments.id AND decisions.actor = 'policy'
      AND decisions.from_status = 'pending' AND decisions.to_status IN ('approved', 'rejected')
)
"""


def upgrade() -> None:
    section = sa.Column("section", sa.String(16), nullable=False, server_default="in_doubt")
    op.add_column("comments", sa.Column("automatic_status", sa.String(16)))
    op.add_column("comments", section)
    op.execute(_AUTOMATIC)
    for site, first in _SITES.items():
        for order, columns in _ORDERS.items():
            if order:
                op.drop_index(f"ix_comments_flagged{site}{order}", "comments")
            name = f"ix_comments_flagged{site}_section{order}"
            _create_index(name, [*first, "section", *columns], "status = 'flagged'")
        columns = [*first, "automatic_status", "id"]
        _create_index(f"ix_comments{site}_automatic", columns, "automatic_status IS NOT NULL")
    _convert_policies()


def _create_index(name: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "comments", columns, sqlite_where=condition, postgresql_where=condition)


def _convert_policies() -> None:
    """Sites with a threshold of their own keep rejecting from there; all others reject nothing."""
    sites = sa.table("sites", sa.column("id"), sa.column("policy", sa.Text))
    connection = op.get_bind()
    for row in connection.execute(sa.select(sites.c.id, sites.c.policy)).all():
        old = json.loads(row.policy) if isinstance(row.policy, str) else row.policy
        keeps = old.get("reject") is not None and not old.get("never_reject")
        new = {"reject": {"toxicity": old["reject"]} if keeps else {}, "flag": old.get("flag")}
        policy = sa.bindparam("policy", new, type_=sa.JSON)
        statement = sa.text("UPDATE sites SET policy = :policy WHERE id = :id").bindparams(policy)
        connection.execute(statement, {"id": row.id})
