"""Count what came into the queue since somebody looked; cheap enough to ask all the time."""

from sqlalchemy import func, select

from moderation.accounts.moderators import AccessScope
from moderation.comments import QueueSection, Status
from moderation.storage.comments.visibility import in_scope_or_site
from moderation.storage.database.engine import Database
from moderation.storage.review.queue_orders import in_section
from moderation.storage.schema.comments import comments, is_flagged
from moderation.storage.schema.decisions import decisions
from moderation.storage.system.incarnation import incarnation_of

_MAX_DECISIONS = 10_000  # looked through for one answer, the newest; older ones do not count


class QueueUpdates:
    """Updates of the queue, by the numbers of decisions: whatever changes the queue writes one."""

    def __init__(self, database: Database, scope: AccessScope) -> None:
        self._database = database
        self._scope = scope

    def newest(self) -> int:
        """Return the number of the newest decision, 0 where there is none."""
        with self._database.read() as connection:
            return connection.execute(select(func.max(decisions.c.id))).scalar() or 0

    def state(self) -> str:
        """Return what is another text whenever a decision was written or a backup restored."""
        return f"{incarnation_of(self._database)}-{self.newest()}"

    def since(
        self, number: int, *, site: str | None = None, section: QueueSection | None = None
    ) -> int:
        """Return how many comments that the policy flagged after that decision still wait."""
        later = (
            select(decisions.c.comment_id, decisions.c.from_status, decisions.c.to_status)
            .where(decisions.c.id > number)
            .order_by(decisions.c.id.desc())
            .limit(_MAX_DECISIONS)
            .subquery()
        )
        query = (
            select(func.count())
            .select_from(later.join(comments, comments.c.id == later.c.comment_id))
            .where(
                later.c.from_status == Status.PENDING,
                later.c.to_status == Status.FLAGGED,
                is_flagged,
                in_scope_or_site(self._scope, site),
                in_section(section),
            )
        )
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()
