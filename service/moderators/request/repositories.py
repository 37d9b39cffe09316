"""Repositories limited to the sites of the signed-in moderator.

There are two ways to a repository in a handler, and no third: `parts()` for what belongs to no
site or is asked for by anybody, `repositories()` for all that a moderator sees and decides.
"""

from functools import cached_property
from typing import cast

from flask import g

from moderation.accounts.moderators import Moderator
from moderation.notifications.feeds import FeedSummary, QueuePlace
from moderation.sites import Site
from moderation.statistics import SectionCounts
from moderation.storage.automatic.automatic_decisions import AutomaticDecisions
from moderation.storage.automatic.recent_comments import RecentComments
from moderation.storage.automatic.rejection_previews import RejectionPreviews
from moderation.storage.review.article_threads import Threads
from moderation.storage.review.audit_samples import AuditSamples
from moderation.storage.review.author_history import AuthorHistory
from moderation.storage.review.card_context import CardContexts
from moderation.storage.review.decision_history import DecisionHistory
from moderation.storage.review.holds import Holds
from moderation.storage.review.notes import Notes
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.queue_updates import QueueUpdates
from moderation.storage.review.reports import ReportedComments
from moderation.storage.review.sanctions import Sanctions
from moderation.storage.review.score_histogram import ScoreHistogram
from moderation.storage.review.staff_comments import StaffComments
from moderation.storage.search.bulk_decisions import BulkDecisions
from moderation.storage.search.search import Search
from moderation.storage.statistics.statistics import Statistics
from service.wiring.parts import parts


class ScopedRepositories:
    """Repositories that show and change nothing beyond a moderator's sites and role."""

    def __init__(self, moderator: Moderator) -> None:
        """Build the repositories; opens no connection."""
        database, clock, scope = parts().database, parts().clock, moderator.scope
        self._scope = scope
        self.authors = AuthorHistory(database, scope)
        self.automatic_decisions = AutomaticDecisions(database, scope)
        self.card_contexts = CardContexts(database, clock, scope)
        self.decision_history = DecisionHistory(database, scope)
        self.holds = Holds(database, clock, scope)
        self.notes = Notes(database, clock, scope)
        self.queue = ReviewQueue(database, clock, scope)
        self.queue_updates = QueueUpdates(database, scope)
        self.recent_comments = RecentComments(database, scope)
        self.rejection_previews = RejectionPreviews(database, scope)
        self.reported_comments = ReportedComments(database, clock, scope)
        self.samples = AuditSamples(database, clock, scope)
        self.sanctions = Sanctions(database, clock, scope)
        self.score_histogram = ScoreHistogram(database, scope)
        self.search = Search(database, clock, scope)
        self.bulks = BulkDecisions(database, clock, scope, self.search)
        self.staff_comments = StaffComments(database, clock, scope)
        self.statistics = Statistics(database, scope)
        self.threads = Threads(database, scope)

    @cached_property
    def sites(self) -> list[Site]:
        """The moderator's sites, read once a request."""
        return [site for site in parts().sites.all() if self._scope.includes(site.name)]

    @cached_property
    def colleagues(self) -> list[Moderator]:
        """The moderators who may see a site that this moderator sees, read once a request."""
        return [other for other in parts().moderators.all() if self._scope.overlaps(other.scope)]

    @cached_property
    def reported(self) -> int:
        """How many public comments readers have reported on these sites, read once a request."""
        return self.reported_comments.number()

    def suspect_words(self, site: str) -> tuple[str, ...]:
        """Those of one of the moderator's sites, with the lists that it uses."""
        return next((own.suspects.all_words() for own in self.sites if own.name == site), ())

    def count_waiting(self, site: str | None = None) -> SectionCounts:
        """How many comments wait for the moderator in each section, or on one site."""
        return parts().waiting_counts.of(self._scope, site)

    def newest_waiting(self) -> FeedSummary:
        """What the moderator's feed says."""
        return parts().feeds.summary(self._scope)

    def queue_place(self, comment_id: str) -> QueuePlace:
        """Where in the queue the comment waits.

        Raises:
            CommentNotFound: The comment does not wait here, or no longer.
        """
        return parts().feeds.place(comment_id, self._scope)


def repositories() -> ScopedRepositories:
    """The repositories of the moderator who asks, built once a request."""
    if "repositories" not in g:
        g.repositories = ScopedRepositories(g.moderator)
    return cast("ScopedRepositories", g.repositories)
