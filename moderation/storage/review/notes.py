"""Notes of moderators on comments: added, never changed."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from moderation.accounts.moderators import AccessScope
from moderation.clock import Clock
from moderation.comments import CommentNotFound
from moderation.review.notes import Note
from moderation.storage.comments.visibility import comment_in_scope, comment_with_id
from moderation.storage.database.engine import Database
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.comments import comments
from moderation.storage.schema.review import notes

_NOTES = (
    select(comments.c.public_id, moderators.c.name, notes.c.text, notes.c.written_at)
    .select_from(notes.join(comments).join(moderators, notes.c.moderator_id == moderators.c.id))
    .order_by(notes.c.id)
)


class Notes:
    """The notes of the comments in somebody's scope."""

    def __init__(self, database: Database, clock: Clock, scope: AccessScope) -> None:
        self._database = database
        self._clock = clock
        self._scope = scope

    def add(self, comment_id: str, text: str, *, moderator_id: int) -> None:
        """Keep a note, as `note_text` returns it; raises CommentNotFound, NotAllowed."""
        self._scope.check_may_decide()
        query = select(comments.c.id).where(comment_with_id(comment_id, self._scope))
        with self._database.write() as connection:
            number = connection.execute(query).scalar()
            if number is None:
                raise CommentNotFound(comment_id)
            connection.execute(
                notes.insert().values(
                    comment_id=number,
                    moderator_id=moderator_id,
                    text=text,
                    written_at=self._clock(),
                )
            )

    def of(self, comment_ids: Sequence[str]) -> dict[str, tuple[Note, ...]]:
        """Return the notes of each comment that has any, by its public id, oldest first."""
        notes_of: dict[str, tuple[Note, ...]] = defaultdict(tuple)
        shown = comments.c.public_id.in_(comment_ids) & comment_in_scope(self._scope)
        with self._database.read() as connection:
            for row in connection.execute(_NOTES.where(shown)):
                notes_of[row.public_id] += (Note(row.name, row.text, row.written_at),)
        return dict(notes_of)
