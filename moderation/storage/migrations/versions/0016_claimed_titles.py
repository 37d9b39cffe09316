"""The title for which the site's page was read last, so that it is not read for it again"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pages", sa.Column("claimed_title", sa.Text(), nullable=True))
