"""The languages of a site, and the words that make its comments wait"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, default in (
        ("languages", '["en"]'),
        ("raised_languages", "[]"),
        ("suspect_words", "[]"),
        ("suspect_lists", "[]"),
    ):
        op.add_column("sites", sa.Column(name, sa.JSON(), nullable=False, server_default=default))
    default_language = sa.Column(
        "default_language", sa.String(length=16), nullable=False, server_default="en"
    )
    op.add_column("sites", default_language)
