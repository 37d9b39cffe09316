"""Repositories limited to the sites of the signed-in moderator.

There are two ways to a repository in a handler, and no third: `parts()` for what belongs to no
site or is asked for by anybody, `repositories()` for all that a moderator sees and decides.
"""

from functools import cached_property
from typing import cast

from flask import g

from moderation.accounts.moderators import AccessScope, Moderator
from moderation.comments import Comment
from moderation.notifications.feeds import FeedSummary, QueuePlace
from moderation.policy import SUSPECT_WORD
from moderation.rules.document import changes_in
from moderation.sites import Site
from moderation.statistics import SectionCounts
from moderation.storage.automatic.automatic_decisions import AutomaticDecisions
from moderation.storage.automatic.published_first import PublishedFirst
from moderation.storage.automatic.recent_comments import RecentComments
from moderation.storage.automatic.rejection_previews import RejectionPreviews
from moderation.storage.automatic.tried_rules import TriedRules
from moderation.storage.decisions.pins import Pins
from moderation.storage.own_comments.appeals import AppealedComments
from moderation.storage.own_comments.earlier_texts import EarlierTexts
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
from moderation.storage.search.campaigns import Campaigns
from moderation.storage.search.search import Search
from moderation.storage.statistics.statistics import Statistics
from service.wiring.parts import parts


class ScopedRepositories:
    """Repositories that show and change nothing beyond somebody's sites and role."""

    def __init__(self, scope: AccessScope) -> None:
        """Build the repositories; opens no connection."""
        database, clock = parts().database, parts().clock
        self._scope = scope
        self.appealed_comments = AppealedComments(database, clock, scope)
        self.authors = AuthorHistory(database, scope)
        self.automatic_decisions = AutomaticDecisions(database, scope)
        self.campaigns = Campaigns(database, clock, scope)
        self.card_contexts = CardContexts(database, clock, scope)
        self.decision_history = DecisionHistory(database, scope)
        self.earlier_texts = EarlierTexts(database, scope)
        self.holds = Holds(database, clock, scope)
        self.notes = Notes(database, clock, scope)
        self.pins = Pins(database, clock, scope)
        self.published_first = PublishedFirst(database, clock, scope)
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
        self.tried_rules = TriedRules(database, scope)

    @cached_property
    def sites(self) -> list[Site]:
        """The moderator's sites, read once a request."""
        return [site for site in parts().site_cache.all() if self._scope.includes(site.name)]

    @cached_property
    def colleagues(self) -> list[Moderator]:
        """The moderators who may see a site that this moderator sees, read once a request."""
        return [other for other in parts().moderators.all() if self._scope.overlaps(other.scope)]

    @cached_property
    def reported(self) -> int:
        """How many public comments readers have reported on these sites, read once a request."""
        return self.reported_comments.number()

    @cached_property
    def appealed(self) -> int:
        """For how many comments of these sites an author appeals, read once a request."""
        return self.appealed_comments.number()

    @cached_property
    def waiting_campaigns(self) -> int:
        """How many texts of the last day wait again and again, read once a request."""
        return self.campaigns.number_waiting()

    def listed_words(self, rule: str, comment: Comment) -> tuple[str, ...]:
        """The suspect or banned words where the comment stands, on one of the moderator's sites."""
        site = next((own for own in self.sites if own.name == comment.site), None)
        if site is None:
            return ()
        if rule == SUSPECT_WORD:
            return site.suspects.all_words()
        own_rules = parts().pages.get(site, comment.page).rules
        changes = {} if own_rules is None else changes_in(own_rules)
        return site.rules.changed(changes).banned_words.words

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
    """The repositories of the moderator or site's server who asks, built once a request."""
    if "repositories" not in g:
        by_key = "access_scope" in g
        g.repositories = (
            ScopedRepositories(g.access_scope) if by_key else repositories_of(g.moderator)
        )
    return cast("ScopedRepositories", g.repositories)


def repositories_of(moderator: Moderator) -> ScopedRepositories:
    """The repositories of a moderator."""
    return ScopedRepositories(moderator.scope)
