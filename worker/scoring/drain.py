"""Claim, score, decide, settle."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import structlog

from models.serving.language import is_unfamiliar
from moderation.policy import LANGUAGE, NO_MODEL, SCORING_FAILED, Policy, decide
from moderation.sites import Site
from moderation.storage.decisions.claims import ClaimedComment, DecidedComment, PendingComments

BATCH = 64  # comments a claim: one call scores them in well under a tenth of the lease
MAX_ATTEMPTS = 5

log = structlog.get_logger()

Scores = dict[str, float]


class Classifier(Protocol):
    """What a drain needs of a model."""

    @property
    def version(self) -> str:
        """Names the model beside the scores it gave."""

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Calibrated probabilities by attribute, one dictionary for each text."""


class Drain:
    """Decides what is pending. Without a classifier everything is flagged, for a person to see."""

    def __init__(
        self,
        scoring: PendingComments,
        sites: Callable[[], Sequence[Site]],
        classifier: Classifier | None,
        policy: Policy,
    ) -> None:
        self._scoring = scoring
        self._sites = sites
        self._classifier = classifier
        self._policy = policy

    def once(self) -> int:
        """Decide one batch; returns how many comments it claimed, 0 when none is free."""
        claim = self._scoring.claim(BATCH)
        if claim.comments:
            decided = self._scoring.settle(claim, self._decided(claim.comments))
            log.info("comments_decided", decided=decided, claimed=len(claim.comments))
        return len(claim.comments)

    def _decided(self, claimed: Sequence[ClaimedComment]) -> list[DecidedComment]:
        policies = {site.id: self._policy.for_site(site.policy) for site in self._sites()}
        if self._classifier is None:
            return [_without_scores(comment, NO_MODEL) for comment in claimed]
        exhausted = [comment for comment in claimed if comment.attempts > MAX_ATTEMPTS]
        scorable = [comment for comment in claimed if comment.attempts <= MAX_ATTEMPTS]
        scores = score_each(self._classifier, scorable)
        return [_without_scores(comment, SCORING_FAILED) for comment in exhausted] + [
            _with_scores(
                comment, scores[comment.id], policies[comment.site_id], self._classifier.version
            )
            for comment in scorable
            if comment.id in scores
        ]


def _with_scores(
    comment: ClaimedComment, scores: Scores, policy: Policy, model: str
) -> DecidedComment:
    doubts = [LANGUAGE] if is_unfamiliar(comment.text) else []
    decision = decide(scores, policy, doubts=doubts, sanction=comment.sanction)
    return DecidedComment(comment.id, decision, scores, model)


def _without_scores(comment: ClaimedComment, doubt: str) -> DecidedComment:
    decision = decide({}, Policy(), doubts=[doubt], sanction=comment.sanction)
    return DecidedComment(comment.id, decision, None, None)


def score_each(classifier: Classifier, claimed: Sequence[ClaimedComment]) -> Mapping[int, Scores]:
    """Scores by comment. One that raises fails alone: it is left out, and tried again later."""
    try:
        return _scores(classifier, claimed)
    except Exception as error:  # whatever a model raises must not stop the others
        if len(claimed) == 1:
            log.error("scoring_failed", comment=claimed[0].id, kind=type(error).__name__)
            return {}
        return {
            number: scores
            for comment in claimed
            for number, scores in score_each(classifier, [comment]).items()
        }


def _scores(classifier: Classifier, claimed: Sequence[ClaimedComment]) -> dict[int, Scores]:
    scores = classifier.score([comment.text for comment in claimed])
    return {
        comment.id: comment_scores for comment, comment_scores in zip(claimed, scores, strict=True)
    }
