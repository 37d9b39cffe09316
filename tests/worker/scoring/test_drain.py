"""Claim, score, decide, settle: what a worker does with what is pending."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from judging.comment_scoring import Classifier
from moderation.accounts.moderators import ALL_SITES
from moderation.choices.safeguards import Catch
from moderation.choices.site_languages import SiteLanguages
from moderation.choices.suspect_words import SuspectWords
from moderation.comments import Comment, QueueSection, Status
from moderation.policy import Policy, SitePolicy
from moderation.sanctions import SanctionKind
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.backlog import LEASE
from moderation.storage.decisions.claims import PendingComments
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.sanctions import Sanctions
from moderation.storage.rules.comment_circumstances import CommentCircumstances
from moderation.storage.schema.comments import scores
from moderation.storage.schema.decisions import decisions
from moderation.storage.sites.rule_versions import RuleVersions
from tests.support.clock import FakeClock
from tests.support.factories import submission
from worker.scoring.drain import BATCH, Drain

NUMBER = re.compile(r"\d\.\d+")
POLICY = Policy(likely={"toxicity": 0.9}, flag={"toxicity": 0.4})


class FakeClassifier:
    """Scores a text with the number it consists of, anything else with 0; raises for "poison"."""

    version = "fake-1"

    def __init__(self) -> None:
        self.batches: list[int] = []

    def score(self, texts: Sequence[str]) -> list[dict[str, float]]:
        self.batches.append(len(texts))
        if "poison" in texts:
            sentence = "cannot be scored"
            raise ValueError(sentence)
        return [{"toxicity": score_in(text)} for text in texts]


def score_in(text: str) -> float:
    return float(text) if NUMBER.fullmatch(text) else 0.0


MakeDrain = Callable[[Classifier | None], Drain]


@pytest.fixture
def make_drain(scoring: PendingComments, sites: Sites) -> MakeDrain:
    return lambda classifier: Drain(scoring, sites.with_ids, classifier, POLICY)


@pytest.fixture
def add(comments: Comments, site: Site) -> Callable[[str], Comment]:
    return lambda text: comments.add(site, submission(text=text), Submitter())


def statuses(comments: Comments, submissions: Sequence[Comment]) -> list[str]:
    return [comments.get(comment.id).status.value for comment in submissions]


def test_batch_is_scored_in_one_call_and_each_decided_by_its_score(
    make_drain: MakeDrain, comments: Comments, add: Callable[[str], Comment]
) -> None:
    submissions = [add(text) for text in ("0.1", "0.5", "0.95")]
    classifier = FakeClassifier()

    claimed = make_drain(classifier).once()

    assert (claimed, classifier.batches) == (3, [4])  # three texts and the name of all
    assert statuses(comments, submissions) == ["approved", "flagged", "flagged"]


def test_what_scores_highest_waits_in_its_own_section(
    make_drain: MakeDrain, database: Database, clock: FakeClock, add: Callable[[str], Comment]
) -> None:
    _, doubtful, likely = (add(text) for text in ("0.1", "0.5", "0.95"))

    make_drain(FakeClassifier()).once()

    queue = ReviewQueue(database, clock, ALL_SITES)
    ids = [[card.comment.id for card in queue.first(9, section=name)] for name in QueueSection]
    assert ids == [[doubtful.id], [likely.id]]


@pytest.mark.parametrize(("text", "status"), [("0.79", "flagged"), ("0.8", "rejected")])
def test_site_that_wants_it_rejects_from_its_own_threshold(
    make_drain: MakeDrain,
    comments: Comments,
    sites: Sites,
    add: Callable[[str], Comment],
    text: str,
    status: str,
) -> None:
    sites.set_rejection("demo", "toxicity", 0.8)
    comment = add(text)

    make_drain(FakeClassifier()).once()

    assert statuses(comments, [comment]) == [status]


def test_a_name_is_scored_beside_its_text_and_holds_the_comment(
    make_drain: MakeDrain, database: Database, comments: Comments, site: Site
) -> None:
    comment = comments.add(site, submission(name="0.95", text="0.1"), Submitter())

    make_drain(FakeClassifier()).once()

    with database.read() as connection:
        kept = connection.execute(select(scores.c.toxicity, scores.c.name_toxicity)).one()
        reasons = connection.execute(select(decisions.c.reasons)).scalar_one()
    assert (statuses(comments, [comment]), tuple(kept)) == (["flagged"], (0.1, 0.95))
    assert reasons == [{"rule": "toxicity", "score": 0.95, "threshold": 0.85, "part": "name"}]


def test_each_site_has_its_own_policy(
    make_drain: MakeDrain, comments: Comments, sites: Sites, add: Callable[[str], Comment]
) -> None:
    lenient = sites.add(Site(0, "lenient", "", ("https://b.example",), SitePolicy(flag=0.8)))
    demo_comment = add("0.5")
    lenient_comment = comments.add(lenient, submission(site="lenient", text="0.5"), Submitter())

    make_drain(FakeClassifier()).once()

    assert statuses(comments, [demo_comment, lenient_comment]) == ["flagged", "approved"]


def test_poison_comment_fails_alone_and_is_flagged_after_five_attempts(
    make_drain: MakeDrain, comments: Comments, add: Callable[[str], Comment], clock: FakeClock
) -> None:
    good, poison, other = (add(text) for text in ("0.1", "poison", "0.2"))
    drain = make_drain(FakeClassifier())

    drain.once()
    first = statuses(comments, [good, poison, other])
    for _ in range(5):
        clock.advance(LEASE.total_seconds() + 1)
        drain.once()

    assert first == ["approved", "pending", "approved"]
    assert statuses(comments, [poison]) == ["flagged"]


def test_without_a_model_everything_is_flagged_and_says_so(
    make_drain: MakeDrain, database: Database, comments: Comments, add: Callable[[str], Comment]
) -> None:
    comment = add("0.1")

    make_drain(None).once()

    with database.read() as connection:
        reasons = connection.execute(select(decisions.c.reasons)).scalar_one()
    assert comments.get(comment.id).status is Status.FLAGGED
    assert [reason["rule"] for reason in reasons] == ["no_model"]


def test_nothing_pending_is_nothing_claimed(make_drain: MakeDrain, site: Site) -> None:
    assert make_drain(FakeClassifier()).once() == 0


class Harsh(FakeClassifier):
    """Rejects everything."""

    def score(self, texts: Sequence[str]) -> list[dict[str, float]]:
        return [{"toxicity": 0.99} for _ in texts]


def test_a_site_lets_a_language_decide_and_lists_a_word_between_two_claims(
    make_drain: MakeDrain, comments: Comments, sites: Sites, add: Callable[[str], Comment]
) -> None:
    drain, text = (
        make_drain(FakeClassifier()),
        "Vielen Dank für diesen schönen Artikel über Gärten.",
    )

    def after(languages: SiteLanguages, *words: str) -> Status:
        suspects = SuspectWords(words)
        sites.change("demo", lambda site: replace(site, languages=languages, suspects=suspects))
        comment = add(text)
        drain.once()
        return comments.get(comment.id).status

    sorted_only = SiteLanguages(("en", "de"))
    assert after(sorted_only) is Status.FLAGGED
    assert after(sorted_only.with_raised("de", raised=True)) is Status.APPROVED
    assert after(sorted_only.with_raised("de", raised=True), "gärten") is Status.FLAGGED
    assert after(sorted_only) is Status.FLAGGED


def test_a_comment_in_another_language_waits_for_a_person(
    make_drain: MakeDrain, comments: Comments, sites: Sites, add: Callable[[str], Comment]
) -> None:
    sites.set_rejection("demo", "toxicity", 0.9)
    submissions = [
        add("Die Antwort ist nicht so einfach, und das weißt du."),
        add("You are an idiot."),
    ]

    make_drain(Harsh()).once()

    assert statuses(comments, submissions) == ["flagged", "rejected"]


@pytest.mark.parametrize(
    ("kind", "text", "status", "rules"),
    [
        (SanctionKind.BAN, "0.1", "rejected", ["banned"]),
        (SanctionKind.BAN, "0.5", "rejected", ["banned", "toxicity"]),
        (SanctionKind.ALWAYS_FLAG, "0.1", "flagged", ["always_flagged"]),
        (SanctionKind.ALWAYS_FLAG, "0.95", "flagged", ["always_flagged", "toxicity"]),
    ],
)
def test_a_sanction_decides_before_a_score_does(
    make_drain: MakeDrain,
    database: Database,
    comments: Comments,
    site: Site,
    clock: FakeClock,
    kind: SanctionKind,
    text: str,
    status: str,
    rules: list[str],
) -> None:
    comment = comments.add(site, submission(text=text), Submitter("a" * 32))
    sanction(database, clock, comment, kind)

    make_drain(FakeClassifier()).once()

    assert statuses(comments, [comment]) == [status]
    with database.read() as connection:
        reasons = connection.execute(select(decisions.c.reasons)).scalar_one()
    assert [reason["rule"] for reason in reasons] == rules


def test_a_ban_needs_no_model(
    make_drain: MakeDrain, database: Database, comments: Comments, site: Site, clock: FakeClock
) -> None:
    comment = comments.add(site, submission(), Submitter("a" * 32))
    sanction(database, clock, comment, SanctionKind.BAN)

    make_drain(None).once()

    assert statuses(comments, [comment]) == ["rejected"]


def sanction(database: Database, clock: FakeClock, comment: Comment, kind: SanctionKind) -> None:
    anna, until = Moderators(database, clock).add("Anna"), clock() + timedelta(days=1)
    sanctions = Sanctions(database, clock, ALL_SITES)
    sanctions.impose(comment.id, kind, until, moderator_id=anna.id, reason="spam")


def test_a_comment_that_lost_its_worker_is_tried_between_batches_of_newer_ones(
    make_drain: MakeDrain,
    scoring: PendingComments,
    comments: Comments,
    clock: FakeClock,
    add: Callable[[str], Comment],
) -> None:
    lost = [add("0.1") for _ in range(2)]
    scoring.claim(2)
    newer = [add("0.1") for _ in range(BATCH + 1)]
    clock.advance(LEASE.total_seconds() + 1)
    classifier = FakeClassifier()

    claimed = make_drain(classifier).once()

    assert (claimed, classifier.batches) == (BATCH + 1, [BATCH + 1, 2])  # texts, and their name
    assert statuses(comments, [*lost, newer[-2], newer[-1]]) == [
        "approved",
        "pending",
        "approved",
        "pending",
    ]


@pytest.mark.parametrize("name", ["Demo", "Моderаtor", "J o n a s", "Editor (Demo)"])
def test_who_looks_like_the_sites_people_waits(
    scoring: PendingComments,
    sites: Sites,
    comments: Comments,
    site: Site,
    database: Database,
    name: str,
) -> None:
    comment = comments.add(site, submission(name=name), Submitter())

    Drain(scoring, sites.with_ids, FakeClassifier(), POLICY, staff=lambda: ["Jonas"]).once()

    with database.read() as connection:
        (reasons,) = connection.execute(select(decisions.c.reasons)).scalars()
    assert comments.get(comment.id).status is Status.FLAGGED
    assert [reason["rule"] for reason in reasons] == ["reserved_name"]


def test_rules_decide_what_scores_let_pass(
    scoring: PendingComments, sites: Sites, database: Database, clock: FakeClock, comments: Comments
) -> None:
    site = sites.add(Site(0, "ruled", "Ruled", ("https://ruled.example",)))
    RuleVersions(database, clock).change("ruled", {"first_comments": 1, "repeats": 2})
    RuleVersions(database, clock).change("ruled", {"first_comments": 0}, "/open")
    texts = ("A text that is long enough", "A text that is long enough", "Another that is long")
    added = [
        comments.add(site, submission(site="ruled", page=page, text=text), Submitter())
        for page, text in zip(("/a", "/open", "/open"), texts, strict=True)
    ]

    known = CommentCircumstances(database).of
    Drain(scoring, sites.with_ids, FakeClassifier(), POLICY, circumstances=known).once()

    assert statuses(comments, added) == ["flagged", "flagged", "approved"]
    queue = ReviewQueue(database, clock, ALL_SITES)
    rules = [[reason.rule for reason in card.reasons] for card in queue.first(9)]
    assert rules == [["first_comment"], ["repeated"]]


def test_what_tells_of_a_program_waits_whatever_its_scores_are(
    make_drain: MakeDrain, database: Database, comments: Comments, site: Site
) -> None:
    sent = [
        comments.add(site, submission(text=text), Submitter(catch=Catch.HONEYPOT))
        for text in ("0.1", "0.95", "poison")
    ]
    for classifier in (FakeClassifier(), None):
        make_drain(classifier).once()

    with database.read() as connection:
        reasons = connection.execute(select(decisions.c.reasons).order_by(decisions.c.comment_id))
        rules = [[reason["rule"] for reason in row.reasons] for row in reasons]
    assert statuses(comments, sent[:2]) == ["flagged", "flagged"]
    assert rules[:2] == [["honeypot"], ["honeypot", "toxicity"]]
