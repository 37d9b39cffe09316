"""What comments said before their authors changed them, for moderators."""

from sqlalchemy import select

from moderation.accounts.moderators import AccessScope
from moderation.own_comments.edits import EarlierText
from moderation.storage.comments.visibility import comment_with_id
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments, earlier_texts

_EARLIER = (
    select(
        earlier_texts.c.version,
        earlier_texts.c.name,
        earlier_texts.c.text,
        earlier_texts.c.replaced_at,
    )
    .select_from(earlier_texts.join(comments))
    .order_by(earlier_texts.c.version)
)


class EarlierTexts:
    """The earlier texts of the comments in somebody's scope."""

    def __init__(self, database: Database, scope: AccessScope) -> None:
        self._database = database
        self._scope = scope

    def of(self, comment_id: str) -> list[EarlierText]:
        """Return what the comment with this public id said before, oldest first."""
        query = _EARLIER.where(comment_with_id(comment_id, self._scope))
        with self._database.read() as connection:
            return [EarlierText(*row) for row in connection.execute(query)]
