"""Claim, score, decide, settle."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import structlog

from moderation.name_policy import with_name
from moderation.policy import NO_MODEL, RESERVED_NAME, SCORING_FAILED, Policy, decide
from moderation.sites import Site
from moderation.storage.decisions.claims import (
    Claim,
    ClaimedComment,
    DecidedComment,
    PendingComments,
)
from moderation.text.reserved_names import is_reserved
from worker.scoring.comment_scoring import Classifier, Reading, read_each

BATCH = 64  # comments a claim: one call scores them in well under a tenth of the lease
MAX_ATTEMPTS = 5

log = structlog.get_logger()


class Drain:
    """Decides what is pending. Without a classifier everything is flagged, for a person to see.

    Attributes:
        failures: How often a comment could not be scored.
    """

    def __init__(
        self,
        scoring: PendingComments,
        sites: Callable[[], Sequence[Site]],
        classifier: Classifier | None,
        policy: Policy,
        *,
        staff: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        self._scoring = scoring
        self._sites = sites
        self._classifier = classifier
        self._policy = policy
        self._staff = staff
        self.failures = 0

    def once(self) -> int:
        """Decide one batch of comments never tried, and one that was tried before.

        In turns, so that neither waits for all of the others.

        Returns:
            How many comments were claimed, 0 when none is free.
        """
        claimed = self._settle(self._scoring.claim(BATCH))
        return claimed + self._settle(self._scoring.claim_retry()) if claimed else 0

    def _settle(self, claim: Claim) -> int:
        if claim.comments:
            decided = self._scoring.settle(claim, self._decided(claim.comments))
            log.info("comments_decided", decided=decided, claimed=len(claim.comments))
        return len(claim.comments)

    def _decided(self, claimed: Sequence[ClaimedComment]) -> list[DecidedComment]:
        if self._classifier is None:
            return [_without_scores(comment, NO_MODEL) for comment in claimed]
        sites, staff = {site.id: site for site in self._sites()}, self._staff()
        exhausted = [comment for comment in claimed if comment.attempts > MAX_ATTEMPTS]
        scorable = [comment for comment in claimed if comment.attempts <= MAX_ATTEMPTS]
        readings = read_each(self._classifier, scorable)
        self.failures += len(scorable) - len(readings)
        return [_without_scores(comment, SCORING_FAILED) for comment in exhausted] + [
            self._with_scores(
                comment, _checked_name(readings[comment.id], comment.name, site, staff), site
            )
            for comment in scorable
            if comment.id in readings and (site := sites.get(comment.site_id))
        ]

    def _with_scores(self, comment: ClaimedComment, reading: Reading, site: Site) -> DecidedComment:
        policy = self._policy.for_site(site.policy)
        decision = decide(reading.scores, policy, doubts=reading.doubts, sanction=comment.sanction)
        decision = with_name(decision, reading.name, policy)
        model = self._classifier.version if self._classifier else None
        return DecidedComment(comment.id, decision, reading.scores, model, reading.name.scores)


def _checked_name(reading: Reading, name: str, site: Site, staff: Sequence[str]) -> Reading:
    """The reading, with a sign where the name passes as one of the site's people."""
    if not is_reserved(name, staff, site.title):
        return reading
    signs = (*reading.name.signs, RESERVED_NAME)
    return replace(reading, name=replace(reading.name, signs=signs))


def _without_scores(comment: ClaimedComment, doubt: str) -> DecidedComment:
    decision = decide({}, Policy(), doubts=[doubt], sanction=comment.sanction)
    return DecidedComment(comment.id, decision, None, None)
