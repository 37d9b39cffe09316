"""An author changes a comment: the new text is decided by itself, and nothing of the old one is."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment, DecisionConflict, Status
from moderation.notifications.deliveries import DeliveryOutcome
from moderation.notifications.webhooks import Event
from moderation.own_comments.edits import Edit, EditRefused
from moderation.policy import Decision, Reason
from moderation.review.search_filter import Filter
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.pages import Pages
from moderation.storage.database.engine import Database
from moderation.storage.decisions.claims import Claim, DecidedComment, PendingComments
from moderation.storage.decisions.erasures import Erasures
from moderation.storage.notifications.delivery_queue import DeliveryQueue
from moderation.storage.notifications.outbox import Outbox
from moderation.storage.notifications.webhooks import Webhooks
from moderation.storage.own_comments.edits import Edits
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.schema.comments import earlier_texts
from moderation.storage.schema.decisions import decisions
from moderation.storage.search.search import Search
from moderation.storage.statistics.statistics import Statistics
from tests.support.clock import FakeClock
from tests.support.factories import submission
from tests.support.flagged_comments import DOUBTFUL, GOOD, add_scored, as_seen

NEW = Edit("Ada L.", "Entirely different words")
REJECTED = Decision(Status.REJECTED, (Reason("toxicity", 0.99, 0.9),))


@pytest.fixture
def edits(database: Database, clock: FakeClock) -> Edits:
    return Edits(database, clock)


def decided(claim: Claim, decision: Decision) -> list[DecidedComment]:
    return [DecidedComment(one.id, decision, {"toxicity": 0.5}, "m") for one in claim.comments]


def steps_of(database: Database) -> list[tuple[str, str, str, int]]:
    columns = ("actor", "from_status", "to_status", "version")
    query = select(*(decisions.c[name] for name in columns)).order_by(decisions.c.id)
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_what_was_published_is_withdrawn_until_the_new_text_is_decided(
    database: Database, clock: FakeClock, edits: Edits, site: Site
) -> None:
    comment = add_scored(database, clock, GOOD)
    before = Pages(database).get(site, "/a")

    changed = edits.apply(comment.id, site, NEW)

    page = Pages(database).get(site, "/a")
    assert (changed.name, changed.text, changed.status) == (NEW.name, NEW.text, Status.PENDING)
    assert (changed.version, changed.edited_at) == (comment.version + 1, clock())
    assert (before.count, page.count, page.revision > before.revision) == (1, 0, True)


def test_a_score_of_the_old_text_settles_nothing(
    database: Database, clock: FakeClock, comments: Comments, edits: Edits, site: Site
) -> None:
    scoring = PendingComments(database, clock)
    comment = comments.add(site, submission(), Submitter())
    claim = scoring.claim(1)

    edits.apply(comment.id, site, NEW)
    late = scoring.settle(claim, decided(claim, GOOD))
    again = scoring.claim(1)

    assert (late, comments.get(comment.id).status) == (0, Status.PENDING)
    assert [one.text for one in again.comments] == [NEW.text]
    assert scoring.settle(again, decided(again, REJECTED)) == 1


def test_every_decision_follows_the_one_before_and_each_text_is_sampled_by_itself(
    database: Database, clock: FakeClock, comments: Comments, edits: Edits, site: Site
) -> None:
    scoring = PendingComments(database, clock, lambda _id: True)
    comment = comments.add(site, submission(), Submitter())
    for edit in (NEW, Edit("Ada", "And once more")):
        claim = scoring.claim(1)
        scoring.settle(claim, decided(claim, GOOD))
        edits.apply(comment.id, site, edit)
    claim = scoring.claim(1)
    scoring.settle(claim, decided(claim, DOUBTFUL))

    assert steps_of(database) == [
        ("policy", "pending", "approved", 2),
        ("author", "approved", "pending", 3),
        ("policy", "pending", "approved", 4),
        ("author", "approved", "pending", 5),
        ("policy", "pending", "flagged", 6),
    ]


def test_a_moderator_who_saw_the_old_text_is_told(
    edits: Edits, queue: ReviewQueue, anna: Moderator, flagged: Comment, site: Site
) -> None:
    edits.apply(flagged.id, site, NEW)

    with pytest.raises(DecisionConflict, match="its author has changed the comment since"):
        queue.decide(as_seen(flagged), Status.APPROVED, moderator_id=anna.id)


def test_a_card_has_the_reasons_of_the_new_text(
    database: Database, clock: FakeClock, edits: Edits, queue: ReviewQueue, site: Site
) -> None:
    flagged = add_scored(database, clock, DOUBTFUL)
    edits.apply(flagged.id, site, NEW)
    scoring, why = PendingComments(database, clock), Reason("spam", 0.7, 0.6)
    claim = scoring.claim(1)
    scoring.settle(claim, decided(claim, Decision(Status.FLAGGED, (why,))))

    assert queue.one(flagged.id).reasons == (why,)


def test_statistics_count_a_comment_once_whose_texts_were_flagged_twice(
    database: Database,
    clock: FakeClock,
    edits: Edits,
    queue: ReviewQueue,
    anna: Moderator,
    site: Site,
) -> None:
    flagged = add_scored(database, clock, DOUBTFUL)
    edits.apply(flagged.id, site, NEW)
    scoring = PendingComments(database, clock)
    claim = scoring.claim(1)
    clock.advance(60)
    scoring.settle(claim, decided(claim, DOUBTFUL))
    clock.advance(7)
    queue.decide(as_seen(queue.one(flagged.id).comment), Status.REJECTED, moderator_id=anna.id)

    today = clock().date()
    (day,) = Statistics(database, ALL_SITES).between(today, today).days
    assert (day.submitted, day.rejected, day.by_moderator) == (1, 1, 1)
    assert day.p50 is not None
    assert day.p50.total_seconds() == 7


def test_it_is_found_by_its_new_words_alone(
    database: Database, clock: FakeClock, edits: Edits, site: Site
) -> None:
    comment = add_scored(database, clock, GOOD, text="Xylothek and more")
    edits.apply(comment.id, site, NEW)
    search = Search(database, clock, ALL_SITES)

    def found_by(word: str) -> list[str]:
        return [card.comment.id for card in search.newest(Filter(text=word), limit=5).cards]

    assert [found_by(word) for word in ("xylothek", "entirely")] == [[], [comment.id]]
    Erasures(database, clock).by_author(comment.id)
    assert found_by("entirely") == []


def test_an_event_of_the_old_text_is_sent_with_the_old_text(
    database: Database, clock: FakeClock, edits: Edits, site: Site
) -> None:
    Webhooks(database, clock, b"secret").add("http://127.0.0.1:9/hook", tuple(Event))
    comment = add_scored(database, clock, GOOD)
    edits.apply(comment.id, site, NEW)
    Outbox(database, clock).fan_out()
    queue = DeliveryQueue(database, clock, b"secret")
    (webhook,) = queue.lease(1)

    sent = []
    while (due := queue.next_due(webhook)) is not None:
        assert due.payload is not None
        sent.append((due.type, due.payload.text, due.payload.scores is None))
        queue.settle(webhook, due, DeliveryOutcome(200, None))

    assert sent == [
        ("comment.published", comment.text, True),
        ("comment.edited", NEW.text, True),
    ]


def test_the_same_text_changes_nothing(
    database: Database, clock: FakeClock, edits: Edits, site: Site
) -> None:
    comment = add_scored(database, clock, GOOD)

    assert edits.apply(comment.id, site, Edit(comment.name, comment.text)) == comment


@pytest.mark.parametrize(
    ("seconds", "minutes", "is_allowed"),
    [(300, 5, True), (301, 5, False), (0, 0, False), (-86_400, 5, True), (3_600, 60, True)],
)
def test_it_may_be_changed_for_as_long_as_the_site_says(
    database: Database, clock: FakeClock, edits: Edits, site: Site, seconds: int, minutes: int,
    is_allowed: bool,
) -> None:  # fmt: skip
    comment = add_scored(database, clock, GOOD)
    clock.advance(seconds)
    changed = replace(site, edit_minutes=minutes)

    if is_allowed:
        assert edits.apply(comment.id, changed, NEW).text == NEW.text
    else:
        with pytest.raises(EditRefused):
            edits.apply(comment.id, changed, NEW)


def test_what_a_moderator_has_decided_stays_as_it_is(
    edits: Edits, queue: ReviewQueue, anna: Moderator, flagged: Comment, site: Site
) -> None:
    approved = queue.decide(as_seen(flagged), Status.APPROVED, moderator_id=anna.id)
    with pytest.raises(EditRefused, match="a moderator has decided this comment"):
        edits.apply(approved.id, site, NEW)


@pytest.mark.parametrize("status", [Status.REJECTED, Status.ERASED])
def test_what_is_not_to_be_published_is_not_changed(
    database: Database, clock: FakeClock, edits: Edits, site: Site, status: Status
) -> None:
    comment = add_scored(database, clock, REJECTED)
    if status is Status.ERASED:
        Erasures(database, clock).by_author(comment.id)

    with pytest.raises(EditRefused, match="was not published, or is erased"):
        edits.apply(comment.id, site, NEW)


def test_erasing_takes_the_earlier_texts_too(
    database: Database, clock: FakeClock, edits: Edits, site: Site
) -> None:
    comment = add_scored(database, clock, GOOD)
    edits.apply(comment.id, site, NEW)
    kept = select(func.count()).select_from(earlier_texts)
    with database.read() as connection:
        before = connection.execute(kept).scalar()

    Erasures(database, clock).by_author(comment.id)

    with database.read() as connection:
        assert (before, connection.execute(kept).scalar()) == (1, 0)
