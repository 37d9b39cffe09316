"""The scores of authors' names beside those of the texts"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ATTRIBUTES = (
    "toxicity",
    "severe_toxicity",
    "profanity",
    "threat",
    "insult",
    "identity_attack",
    "spam",
)


def upgrade() -> None:
    for attribute in _ATTRIBUTES:
        op.add_column("scores", sa.Column(f"name_{attribute}", sa.Float(), nullable=True))
