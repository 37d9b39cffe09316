"""Comments that wait for a moderator, as a worker would have left them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Unpack

from moderation.clock import Clock
from moderation.comments import Comment, QueueSection, Status
from moderation.policy import ATTRIBUTES, Decision, Policy, Reason, decide
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.claims import DecidedComment, PendingComments
from moderation.storage.decisions.moderator_decisions import ObservedComment, ObservedState
from tests.support.factories import CommentFields, submission

SCORES: Mapping[str, float] = {**dict.fromkeys(ATTRIBUTES, 0.05), "toxicity": 0.83}
DOUBTFUL = Decision(Status.FLAGGED, (Reason("toxicity", 0.83, 0.41),))
LIKELY = Decision(Status.FLAGGED, (Reason("toxicity", 0.83, 0.8),), QueueSection.LIKELY_REJECTED)
NO_SCORES: Mapping[str, float] = {}
NOBODY = Submitter()
GOOD = Decision(Status.APPROVED)


def add_scored(
    database: Database,
    clock: Clock,
    decision: Decision = DOUBTFUL,
    scores: Mapping[str, float] | None = SCORES,
    sender: Submitter = NOBODY,
    name_scores: Mapping[str, float] = NO_SCORES,
    **fields: Unpack[CommentFields],
) -> Comment:
    """A comment decided by the policy; by default it is flagged for its toxicity.

    With a title it comes from the site's own server, whose word for it counts.
    """
    given = submission(**fields)
    sender = replace(sender, has_site_key="title" in fields or sender.has_site_key)
    comments, scoring = Comments(database, clock), PendingComments(database, clock)
    comment = comments.add(Sites(database, clock).get(given.site), given, sender)
    claim = scoring.claim(1)
    model = None if scores is None else "test-1"
    decided = DecidedComment(claim.comments[0].id, decision, scores, model, name_scores)
    scoring.settle(claim, [decided])
    return comments.get(comment.id)


def flagged_for(doubt: str) -> Decision:
    """The decision where scores mean nothing or there are none."""
    return decide({}, Policy(), doubts=[doubt])


def as_seen(comment: Comment) -> ObservedComment:
    """The comment as somebody saw it who decides now."""
    return ObservedComment(comment.id, ObservedState(comment.status, comment.version))
