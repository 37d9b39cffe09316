"""An invented newspaper with a month behind it, for the pictures of the documentation."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Unpack

from judging.comment_scoring import Classifier
from judging.loaded_model import load_model
from models.serving.registry import ModelRegistry
from moderation.accounts.moderators import ALL_SITES, Role
from moderation.clock import Clock, utc_now
from moderation.comments import Comment, Status
from moderation.notifications.deliveries import DeliveryOutcome
from moderation.notifications.digests import stop_token
from moderation.notifications.webhooks import Event
from moderation.policy import Decision, Policy, Reason, decide
from moderation.review.notes import RejectReason
from moderation.review.reports import Reason as ReportReason
from moderation.review.reports import Report
from moderation.review.search_filter import Filter
from moderation.rules.circumstances import PUBLISHED_FIRST
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.claims import DecidedComment, PendingComments
from moderation.storage.decisions.moderator_decisions import (
    ObservedComment,
    ObservedState,
    ReviewStatus,
)
from moderation.storage.notifications.webhooks import Webhooks
from moderation.storage.review.notes import Notes
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.reports import Reports
from moderation.storage.search.bulk_decisions import BulkDecisions
from moderation.storage.search.search import Search
from tests.support.factories import CommentFields, submission
from tests.support.filled_program import SECRET, deliver, prepare
from tests.support.flagged_comments import SCORES
from tests.support.newsroom_texts import DOUBTS, LEAFLET, PAST, READERS, STORY, TALK, THANKS, UNSEEN

_Scores = Mapping[str, float]
# The second hears nothing, for nothing is rejected.
_HOOKS = {
    "https://paper.example/hooks/parley": list(Event),
    "https://archive.example/comments": [Event.REJECTED, Event.ERASED],
}


@dataclass
class Newsroom:
    """A newspaper where readers wrote and moderators decided, all of it invented."""

    database: Database
    model: Classifier
    policy: Policy

    def say(self, hours: float, **fields: Unpack[CommentFields]) -> Comment:
        """A reader's comment, so many hours ago, decided as a worker would."""
        scores = self.model.score([fields["text"]])[0]
        decision = decide(scores, self.policy)
        return self.put(hours, decision, scores, **fields)

    def put(
        self,
        hours: float,
        decision: Decision,
        scores: _Scores,
        *,
        again: bool = False,
        **fields: Unpack[CommentFields],
    ) -> Comment:
        """A reader's comment decided so; `again` puts the decision before moderators."""
        clock = _ago(hours)
        comments = Comments(self.database, clock)
        scoring = PendingComments(self.database, clock, lambda _id: again)
        address = fields["name"].encode().hex().ljust(32, "0")[:32]
        sender = Submitter(address, has_site_key=True)  # so that the page's title counts
        site = Sites(self.database, clock).get("demo")
        comment = comments.add(site, submission(**_in_story(fields)), sender)
        claim = scoring.claim(1)
        scoring.settle(
            claim, [DecidedComment(claim.comments[0].id, decision, scores, self.model.version)]
        )
        return comments.get(comment.id)

    def doubt(self, hours: float, toxicity: float, **fields: Unpack[CommentFields]) -> Comment:
        """A reader's comment that waits for its toxicity."""
        reason = Reason("toxicity", toxicity, self.policy.flag["toxicity"])
        scores = {**SCORES, "toxicity": toxicity}
        return self.put(hours, Decision(Status.FLAGGED, (reason,)), scores, **fields)

    def decide(self, hours: float, comment: Comment, status: ReviewStatus, who: str) -> None:
        """A moderator's decision, so many hours ago."""
        ReviewQueue(self.database, _ago(hours), ALL_SITES).decide(
            ObservedComment(comment.id, ObservedState(comment.status, comment.version)),
            status,
            moderator_id=Moderators(self.database, utc_now).get(who).id,
            reason=RejectReason.ABUSE if status is Status.REJECTED else None,
        )


def _in_story(fields: CommentFields) -> CommentFields:
    return {**STORY, **fields}


def _ago(hours: float) -> Clock:
    return lambda: utc_now() - timedelta(hours=hours)


def fill(var: Path) -> dict[str, str]:
    """What the addresses of the screens name."""
    database = prepare(var, "The Daily Paper")
    people = Moderators(database, utc_now)
    people.add("Cleo", Role.MODERATOR, sites=["demo"], email="cleo@paper.example")
    people.add("Vera", Role.VIEWER, sites=["demo"])
    model = load_model(ModelRegistry(Path("none")).path_in_use())
    assert model.classifier is not None, model.problem
    room = Newsroom(database, model.classifier, model.policy)
    _past(room)
    values = _today(room)
    for url, events in _HOOKS.items():
        Webhooks(database, _ago(24 * 40), SECRET).add(url, events, site="demo")
    values["stop"] = _told(database)
    _together(database)
    thanks = "Thank you for the map, it helped me to understand the distances."
    room.say(0, name="Mara", text=thanks)
    outcomes = [DeliveryOutcome(200)] * 8
    deliver(database, *outcomes, DeliveryOutcome(503, "it answered 503"))
    database.close()
    return values


def _told(database: Database) -> str:
    """Anna has a digest; returns the token that stops it."""
    anna = Moderators(database, utc_now).get("Anna")
    return stop_token(SECRET, anna.id, "anna@paper.example")


def _together(database: Database) -> None:
    """A bulk of an hour ago."""
    search = Search(database, utc_now, ALL_SITES)
    search_filter = Filter(name=READERS[-1], status=Status.FLAGGED)
    bea = Moderators(database, utc_now).get("Bea")
    newest = search.newest(search_filter, limit=1).cards[0].comment.id
    BulkDecisions(database, _ago(1), ALL_SITES, search).decide(
        search_filter, Status.APPROVED, upto=newest, moderator_id=bea.id
    )


def _past(room: Newsroom) -> None:
    """A month of decisions, for the numbers and for what the score chart expects."""
    chance = random.Random(5)  # noqa: S311 nothing secret: the same pictures each time
    for number in range(240):
        hours = 24 + number * 2.7
        past: CommentFields = {**PAST, "name": _reader(number)}
        if number % 2:
            past["text"] = THANKS[number // 2 % len(THANKS)]
            room.put(hours, Decision(Status.APPROVED), {**SCORES, "toxicity": 0.01}, **past)
            continue
        past["text"] = DOUBTS[number % len(DOUBTS)]
        toxicity = round(chance.betavariate(1.6, 1.9) * 0.82 + 0.06, 3)
        comment = room.doubt(hours, toxicity, **past)
        status: ReviewStatus = Status.REJECTED if chance.random() < toxicity**2 else Status.APPROVED
        room.decide(hours - 0.3, comment, status, chance.choice(("Anna", "Bea")))
    for number in range(40):
        toxicity = round(chance.betavariate(1.6, 1.9) * 0.82 + 0.06, 3)
        room.doubt(0.9 - number / 60, toxicity, name=_reader(number), text=DOUBTS[number])


def _reader(number: int) -> str:
    return READERS[number % len(READERS)]


def _today(room: Newsroom) -> dict[str, str]:
    for text in ("You are a stupid donkey.", "Shut up, you fool."):
        rude = room.doubt(30, 0.83, name="Old sailor", text=text)
        room.decide(29, rude, Status.REJECTED, "Bea")
    ken = room.say(10, name="Ken", text="When will they move to the new headquarters?")
    text = "Read the article before you ask. It is in the second line, you silly donkey."
    sailor = room.say(8, name="Old sailor", text=text, parent=ken.id)
    comments = {name: room.say(hours, name=name, text=text) for hours, name, text in TALK}
    for hours, name, page, text in LEAFLET:
        room.doubt(hours, 0.43, name=name, page=page, text=text)
    first = Reason(PUBLISHED_FIRST), Reason("toxicity", 0.43, room.policy.flag["toxicity"])
    for name, text in UNSEEN:
        room.put(
            6, Decision(Status.APPROVED, first), {**SCORES, "toxicity": 0.43}, name=name, text=text
        )
    civil = {**SCORES, "toxicity": 0.02}
    room.put(7, Decision(Status.APPROVED), civil, name="Yuki", text="Who pays for it?", again=True)
    report = Report(ReportReason.OFF_TOPIC, "Somebody's grandfather is not what this is about.")
    site = Sites(room.database, utc_now).get("demo")
    Reports(room.database, utc_now).add(comments["Lena"].id, site, report, "reader")
    notes = Notes(room.database, _ago(1), ALL_SITES)
    anna = Moderators(room.database, utc_now).get("Anna").id
    notes.add(comments["Nobody special"].id, "Hidden characters again.", moderator_id=anna)
    return {"sailor": sailor.id}
