"""The outbox without a trigger: moderation/storage/decisions/records.py writes it now"""

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


def upgrade() -> None:
    for statement in _DROP_TRIGGER[op.get_bind().dialect.name]:
        op.execute(statement)
