"""Names of moderators are compared by one normal form"""

import sqlalchemy as sa
from alembic import op

from moderation.accounts.moderators import name_key

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_moderators = sa.table("moderators", sa.column("id"), sa.column("name"), sa.column("name_key"))


def upgrade() -> None:
    op.add_column("moderators", sa.Column("name_key", sa.Text(), server_default="", nullable=False))
    _fill_keys(op.get_bind())
    op.create_index("uq_moderators_name_key", "moderators", ["name_key"], unique=True)


def _fill_keys(connection: sa.Connection) -> None:
    query = sa.select(_moderators.c.id, _moderators.c.name).order_by(_moderators.c.id)
    taken: set[str] = set()
    for moderator_id, name in connection.execute(query).all():
        key = name_key(name)
        if key in taken:  # two that were different so far: each is found by its exact name
            key = f"{key}\n{moderator_id}"  # no name has a line feed
        taken.add(key)
        statement = sa.update(_moderators).where(_moderators.c.id == moderator_id)
        connection.execute(statement.values(name_key=key))
