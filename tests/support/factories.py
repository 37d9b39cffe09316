"""Make comments and their decisions for tests."""

from typing import TypedDict, Unpack

from moderation.clock import Clock
from moderation.comments import Comment, Submission
from moderation.policy import Decision
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.database.engine import Database
from moderation.storage.decisions.claims import DecidedComment, PendingComments


class CommentFields(TypedDict, total=False):
    """What a reader fills in."""

    site: str
    page: str
    name: str
    text: str
    url: str
    title: str
    parent: str


def submission(**fields: Unpack[CommentFields]) -> Submission:
    """A civil comment, with what the test says otherwise."""
    usual = {"site": "demo", "page": "/a", "name": "Ada", "text": "Well argued, thank you."}
    return Submission.parse({**usual, **fields})


def settle(database: Database, clock: Clock, site: Site, *decided: Decision) -> list[Comment]:
    """Comments decided by a policy of whose decisions every one is looked at again."""
    comments, scoring = (
        Comments(database, clock),
        PendingComments(database, clock, lambda _id: True),
    )
    added = [comments.add(site, submission(), Submitter()) for _ in decided]
    claim = scoring.claim(len(added))
    pairs = zip(claim.comments, decided, strict=True)
    scoring.settle(
        claim, [DecidedComment(comment.id, decision, None, None) for comment, decision in pairs]
    )
    return [comments.get(comment.id) for comment in added]
