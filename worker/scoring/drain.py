"""Claim, score, decide, settle."""

from collections.abc import Callable, Collection, Mapping, Sequence

import structlog

from judging.comment_scoring import Classifier, Reading, read_each
from judging.judge import Judge, spoken_on
from moderation.policy import NO_MODEL, SCORING_FAILED, Decision, Policy, decide, with_catch
from moderation.rules.circumstances import Circumstances
from moderation.rules.site_rules import SiteRules
from moderation.sites import Site
from moderation.storage.decisions.claims import (
    Claim,
    ClaimedComment,
    DecidedComment,
    PendingComments,
)

# Comments a claim. With 128 each costs a sixth more, with 512 a twentieth less; but whoever submits
# waits while so many are settled.
BATCH = 256
MAX_ATTEMPTS = 5

log = structlog.get_logger()

# The circumstances of comments by their ids, from these and the rules by the site's id.
CircumstancesOf = Callable[[Sequence[int], Mapping[int, SiteRules]], Mapping[int, Circumstances]]


def unknown_circumstances(
    _ids: Sequence[int], _rules: Mapping[int, SiteRules]
) -> Mapping[int, Circumstances]:
    """Nothing is known around comments: each is decided by the rules of its site alone."""
    return {}


class Drain:
    """Decides what is pending. Without a classifier everything is flagged, for a person to see.

    Attributes:
        failures: How often a comment could not be scored.
    """

    def __init__(
        self,
        scoring: PendingComments,
        sites: Callable[[Collection[int]], Sequence[Site]],
        classifier: Classifier | None,
        policy: Policy,
        *,
        staff: Callable[[], Sequence[str]] = tuple,
        circumstances: CircumstancesOf = unknown_circumstances,
    ) -> None:
        self._scoring = scoring
        self._sites = sites
        self._classifier = classifier
        self._judge = Judge(policy)
        self._staff = staff
        self._circumstances = circumstances
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
        sites = {site.id: site for site in self._sites({comment.site_id for comment in claimed})}
        judge = self._judge_now()
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
        rules = {number: site.rules for number, site in sites.items()}
        known = self._circumstances(list(readings), rules)
        return [_without_scores(comment, SCORING_FAILED) for comment in exhausted] + [
            self._with_scores(
                comment,
                readings[comment.id],
                with_catch(
                    judge.decision(readings[comment.id], comment, site, known.get(comment.id)),
                    comment.catch,
                ),
            )
            for comment in scorable
            if comment.id in readings and (site := sites[comment.site_id])
        ]

    def _judge_now(self) -> Judge:
        """The one of the last batch, which keeps what it knows of sites, unless people changed."""
        staff = self._staff()
        if staff != self._judge.staff:
            self._judge = Judge(self._judge.policy, staff)
        return self._judge

    def _with_scores(
        self, comment: ClaimedComment, reading: Reading, decision: Decision
    ) -> DecidedComment:
        english = self._classifier.version if self._classifier else None
        model = reading.text.version or english
        return DecidedComment(comment.id, decision, reading.scores, model, reading.name.scores)


def _without_scores(comment: ClaimedComment, doubt: str) -> DecidedComment:
    decision = decide({}, Policy(), doubts=[doubt], sanction=comment.sanction)
    return DecidedComment(comment.id, with_catch(decision, comment.catch), None, None)
