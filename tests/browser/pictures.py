"""The pictures of the documentation, taken of the real program: python -m tests.browser.pictures"""

import random
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from models.shelf import Shelf
from moderation.clock import Clock, utc_now
from moderation.comments import Comment, Status
from moderation.deliveries import Outcome
from moderation.moderators import EVERYTHING, Role
from moderation.policy import Decision, Policy, Reason, decide
from moderation.reports import Reason as ReportReason
from moderation.reports import Report
from moderation.review import RejectReason
from moderation.storage.comments import Comments, Sender
from moderation.storage.engine import Database
from moderation.storage.moderators import Moderators
from moderation.storage.notes import Notes
from moderation.storage.queue import ReviewQueue
from moderation.storage.reports import Reports
from moderation.storage.revisions import Basis, Reviewed, Seen
from moderation.storage.scoring import Scored, Scoring
from moderation.storage.sites import Sites
from moderation.storage.webhooks import Webhooks
from moderation.webhooks import Event
from tests.browser.conftest import QUIET, chromium
from tests.browser.filled import MAIL, SECRET, deliver, prepare
from tests.conftest import submission
from tests.flagged import SCORES
from tests.program import Program, running
from worker.drain import Classifier
from worker.model import load_model

_DOCS = Path(__file__).parents[2] / "docs"
_PASSWORD = "four words do well"  # noqa: S105 a password of nobody's
_STORY = {
    "page": "/headquarters",
    "title": "Washington plans a joint force headquarters in Japan",
    "url": "https://paper.example/headquarters",
}
_Scores = Mapping[str, float]
_LINK = "Earn money from home, check out my channel and subscribe: https://pay.example/sale?id="
_DOUBTS = (
    "You have no idea what you are talking about.",
    "This is nonsense, and you know it.",
    "Whoever signs such a plan should be thrown out of office.",
    "Only a fool believes what that ministry says.",
    "Stop spreading this rubbish.",
)
# Hours ago, by whom, what.
_TALK = (
    (4, "Visitor", f"{_LINK}1"),
    (3, "Visitor", f"{_LINK}2"),
    (2, "Nobody special", "What a bunch of id\u200biots, all of th\u200bem."),
    (1, "Lena", "My grandfather served there, and he would have liked this plan."),
)
# The name of the picture, the address, what it is a picture of.
_SCREENS = (
    ("queue", "/moderate"),
    ("decided", "/moderate/decided?whose=all"),
    ("author", "/moderate/comments/{sailor}/author?by=name"),
    ("search", "/moderate/comments?page=/headquarters"),
    ("thread", "/moderate/pages/2"),
    ("bulk", "/moderate/bulk?to=approved&status=flagged&attribute=toxicity&low=0.05&high=0.3"),
    ("scores", "/moderate/scores?attribute=toxicity&low=20&high=60"),
    ("reports", "/moderate/reports"),
    ("sample", "/moderate/sample"),
    ("people", "/moderate/people"),
    ("account", "/moderate/account"),
    ("webhooks", "/moderate/webhooks/1"),
    ("numbers", "/moderate/numbers"),
)


@dataclass
class Newsroom:
    """A newspaper where readers wrote and moderators decided, all of it invented."""

    database: Database
    model: Classifier
    policy: Policy

    def say(self, hours: float, name: str, text: str, **fields: str) -> Comment:
        """A reader's comment, so many hours ago, decided as a worker would."""
        scores = self.model.score([text])[0]
        decision = decide(scores, self.policy)
        return self.put(hours, decision, scores, name=name, text=text, **fields)

    def put(
        self,
        hours: float,
        decision: Decision,
        scores: _Scores,
        *,
        again: bool = False,
        **fields: str,
    ) -> Comment:
        """A reader's comment decided so; `again` puts the decision before moderators."""
        clock = _ago(hours)
        comments = Comments(self.database, clock)
        scoring = Scoring(self.database, clock, lambda _id: again)
        sender = Sender(fields["name"].encode().hex().ljust(32, "0")[:32])
        site = Sites(self.database, clock).get("demo")
        comment = comments.add(site, submission(**{**_STORY, **fields}), sender)
        claim = scoring.claim(1)
        scoring.settle(claim, [Scored(claim.comments[0].id, decision, scores, self.model.version)])
        return comments.get(comment.id)

    def doubt(self, hours: float, toxicity: float, **fields: str) -> Comment:
        """A reader's comment that waits for its toxicity."""
        reason = Reason("toxicity", toxicity, self.policy.flag["toxicity"])
        scores = {**SCORES, "toxicity": toxicity}
        return self.put(hours, Decision(Status.FLAGGED, (reason,)), scores, **fields)

    def decide(self, hours: float, comment: Comment, status: Reviewed, who: str) -> None:
        """A moderator's decision, so many hours ago."""
        ReviewQueue(self.database, _ago(hours), EVERYTHING).revise(
            Seen(comment.id, Basis(comment.status, comment.version)),
            status,
            moderator_id=Moderators(self.database, utc_now).get(who).id,
            reason=RejectReason.ABUSE if status is Status.REJECTED else None,
        )


def _ago(hours: float) -> Clock:
    return lambda: utc_now() - timedelta(hours=hours)


def _fill(var: Path) -> dict[str, str]:
    """What the addresses of the screens name."""
    database = prepare(var, "The Daily Paper")
    people = Moderators(database, utc_now)
    people.add("Cleo", Role.MODERATOR, sites=["demo"], email="cleo@paper.example")
    people.add("Vera", Role.VIEWER, sites=["demo"])
    model = load_model(Shelf(Path("none")).path_in_use())
    assert model.classifier is not None, model.problem
    room = Newsroom(database, model.classifier, model.policy)
    _past(room)
    found = _today(room)
    hooks = Webhooks(database, _ago(24 * 40), SECRET)
    hooks.add("https://paper.example/hooks/parley", list(Event), site="demo")
    room.say(0, "Mara", "Thank you for the map, it helped me to understand the distances.")
    deliver(database, Outcome(200))
    database.close()
    return found


def _past(room: Newsroom) -> None:
    """A month of decisions, for the numbers and for what the score chart expects."""
    chance = random.Random(5)  # noqa: S311 nothing secret: the same pictures each time
    for number in range(240):
        hours = 24 + number * 2.7
        said = {"name": f"Reader {number % 9}", "text": "A comment of last month.", "page": "/past"}
        if number % 2:
            room.put(hours, Decision(Status.APPROVED), {**SCORES, "toxicity": 0.01}, **said)
            continue
        toxicity = round(chance.betavariate(1.6, 1.9) * 0.82 + 0.06, 3)
        comment = room.doubt(hours, toxicity, **said)
        status = Status.REJECTED if chance.random() < toxicity**2 else Status.APPROVED
        room.decide(hours - 0.3, comment, status, chance.choice(("Anna", "Bea")))
    for number in range(40):
        toxicity = round(chance.betavariate(1.6, 1.9) * 0.82 + 0.06, 3)
        said = {"name": f"Reader {number % 9}", "text": _DOUBTS[number % len(_DOUBTS)]}
        room.doubt(0.9 - number / 60, toxicity, **said)


def _today(room: Newsroom) -> dict[str, str]:
    for text in ("You are a stupid donkey.", "Shut up, you fool."):
        rude = room.doubt(30, 0.83, name="Old sailor", text=text)
        room.decide(29, rude, Status.REJECTED, "Bea")
    ken = room.say(10, "Ken", "When will they move to the new headquarters?")
    text = "Read the article before you ask. It is in the second line, you silly donkey."
    sailor = room.say(8, "Old sailor", text, parent=ken.id)
    said = {each: room.say(hours, each, text) for hours, each, text in _TALK}
    room.put(7, Decision(Status.APPROVED), SCORES, name="Yuki", text="Who pays for it?", again=True)
    report = Report(ReportReason.OFF_TOPIC, "Somebody's grandfather is not what this is about.")
    site = Sites(room.database, utc_now).get("demo")
    Reports(room.database, utc_now, EVERYTHING).add(said["Lena"].id, site, report, "reader")
    notes = Notes(room.database, _ago(1), EVERYTHING)
    anna = Moderators(room.database, utc_now).get("Anna").id
    notes.add(said["Nobody special"].id, "Hidden characters again.", moderator_id=anna)
    return {"sailor": sailor.id}


def _sign_in(program: Program, page: Page) -> None:
    page.goto(program.command("moderator", "reset", "Anna").strip())
    page.get_by_role("button", name="Sign in as Anna").click()
    page.goto(f"{program.url}/moderate/password")
    page.get_by_label("New password").fill(_PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    page.wait_for_load_state()


def _take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=_DOCS / f"{name}.png")


def _take_all(program: Program, page: Page, found: Mapping[str, str]) -> None:
    page.goto(f"{program.url}/moderate")
    _take(page, "sign-in")
    _sign_in(program, page)
    for name, address in _SCREENS:
        page.goto(program.url + address.format(**found))
        _take(page, name)
    page.goto(f"{program.url}/moderate?order=score")
    page.keyboard.press("z")
    page.wait_for_url("**/one*")
    _take(page, "one")
    page.goto(f"{program.url}/docs")
    _take(page, "api")


def main() -> None:
    """Take every picture anew; needs Chromium."""
    with tempfile.TemporaryDirectory() as folder:
        found = _fill(Path(folder))
        settings = {"PARLEY_SECRET_KEY": SECRET.decode(), **MAIL}
        with running(Path(folder), **settings) as program, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET.split())
            context = browser.new_context(viewport={"width": 1200, "height": 800}, locale="en-GB")
            _take_all(program, context.new_page(), found)
            browser.close()


if __name__ == "__main__":
    main()
