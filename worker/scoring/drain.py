"""Claim, score, decide, settle."""

from collections.abc import Callable, Sequence

import structlog

from judging.comment_scoring import Classifier, Reading, read_each
from judging.judge import Judge, spoken_on
from moderation.policy import NO_MODEL, SCORING_FAILED, Decision, Policy, decide
from moderation.sites import Site
from moderation.storage.decisions.claims import (
    Claim,
    ClaimedComment,
    DecidedComment,
    PendingComments,
)

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
        sites, judge = {site.id: site for site in self._sites()}, Judge(self._policy, self._staff())
        exhausted = [comment for comment in claimed if comment.attempts > MAX_ATTEMPTS]
        scorable = [
            comment
            for comment in claimed
            if comment.attempts <= MAX_ATTEMPTS and comment.site_id in sites
        ]
        site_ids = {comment.id: comment.site_id for comment in scorable}
        spoken = {number: spoken_on(site) for number, site in sites.items()}
        readings = read_each(
            self._classifier, scorable, lambda comment: spoken[site_ids[comment.id]]
        )
        self.failures += len(scorable) - len(readings)
        return [_without_scores(comment, SCORING_FAILED) for comment in exhausted] + [
            self._with_scores(
                comment, readings[comment.id], judge.decision(readings[comment.id], comment, site)
            )
            for comment in scorable
            if comment.id in readings and (site := sites[comment.site_id])
        ]

    def _with_scores(
        self, comment: ClaimedComment, reading: Reading, decision: Decision
    ) -> DecidedComment:
        english = self._classifier.version if self._classifier else None
        model = reading.text.version or english
        return DecidedComment(comment.id, decision, reading.scores, model, reading.name.scores)


def _without_scores(comment: ClaimedComment, doubt: str) -> DecidedComment:
    decision = decide({}, Policy(), doubts=[doubt], sanction=comment.sanction)
    return DecidedComment(comment.id, decision, None, None)
