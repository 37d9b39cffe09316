"""An erased comment is gone from every table and file; its place and its decisions stay."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Select, inspect, literal_column, select, table
from sqlalchemy.engine import make_url

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment, DecisionConflict, Status
from moderation.notifications.webhooks import Event
from moderation.review.notes import RejectReason
from moderation.review.reports import Report
from moderation.review.search_filter import Filter
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.insert import insert_comments
from moderation.storage.comments.new_comments import Submitter, prepared
from moderation.storage.comments.pages import Pages
from moderation.storage.database.engine import Database
from moderation.storage.decisions.erasures import Erasures
from moderation.storage.notifications.delivery_queue import DeliveryQueue
from moderation.storage.notifications.outbox import Outbox
from moderation.storage.notifications.webhooks import Webhooks
from moderation.storage.review.notes import Notes
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.reports import Reports
from moderation.storage.schema.comments import comments as comments_table
from moderation.storage.schema.decisions import decisions
from moderation.storage.search.bulk_decisions import BulkDecisions
from moderation.storage.search.search import Search
from moderation.storage.threads.page_comments import Order, PageComments
from tests.support.clock import FakeClock
from tests.support.factories import submission
from tests.support.flagged_comments import GOOD, add_scored, as_seen

NAME, SECRET = "Zerlina Quabbe", "Xylothek"
TEXT = f"{SECRET}: call me at 0170 5550199"
TRACES = ("zerlina", "quabbe", "xylothek", "5550199")
EVENTS = (Event.PUBLISHED, Event.REJECTED, Event.ERASED)


def cells(connection: Connection, engine: Engine) -> Iterator[str]:
    """Every value of every table that there is, ours or the index's."""
    names = set(inspect(engine).get_table_names())
    if engine.dialect.name == "sqlite":
        names.remove("comment_words")  # it cannot be read; the tables that it consists of can
    for name in sorted(names):
        query: Select[Any] = select(literal_column("*")).select_from(table(name))
        yield from (f"{name}: {value!r}" for row in connection.execute(query) for value in row)


def left_in(database: Database, url: str) -> list[str]:
    """The traces that are left in a table, or in a file of SQLite."""
    with database.read() as connection:
        values = "\n".join(cells(connection, database.engine)).lower()
    path = Path(make_url(url).database or "")
    files = path.parent.glob(f"{path.name}*") if "sqlite" in url else ()
    bytes_read = b"\n".join(file.read_bytes().lower() for file in files)
    return [trace for trace in TRACES if trace in values or trace.encode() in bytes_read]


def crowd(database: Database, clock: FakeClock, site: Site, number: int = 150) -> None:
    """Other comments, so that the database has pages to move things between."""
    texts = [f"Comment {count}. " * (1 + count % 40) for count in range(number)]
    others = [prepared(site, submission(text=text), Submitter(), clock()) for text in texts]
    with database.write() as connection:
        insert_comments(connection, others)
        # So that they are not what a worker claims next.
        connection.execute(comments_table.update().values(status=Status.APPROVED))


@pytest.fixture
def noticed(
    database: Database, clock: FakeClock, comments: Comments, site: Site, anna: Moderator
) -> Comment:
    """A comment that a webhook, a report, a note and a bulk have to do with."""
    Webhooks(database, clock, b"secret").add("http://127.0.0.1:9/hook", EVENTS)
    crowd(database, clock, site)
    sender = Submitter("a" * 32, "a key")
    comment = add_scored(database, clock, GOOD, sender=sender, name=NAME, text=TEXT)
    crowd(database, clock, site)
    Reports(database, clock).add(
        comment.id, site, Report.parse({"reason": "other", "text": f"Why {SECRET}?"}), "b" * 32
    )
    Notes(database, clock, ALL_SITES).add(comment.id, f"{NAME} again", moderator_id=anna.id)
    bulks = BulkDecisions(database, clock, ALL_SITES, Search(database, clock, ALL_SITES))
    bulks.decide(
        Filter(text=SECRET),
        Status.REJECTED,
        upto=comment.id,
        moderator_id=anna.id,
        reason=RejectReason.OTHER,
    )
    return comments.get(comment.id)


def test_the_traces_are_there_before(
    database: Database, database_url: str, noticed: Comment
) -> None:
    assert set(left_in(database, database_url)) == set(TRACES)


def test_no_table_and_no_file_has_a_trace_of_what_its_author_erased(
    database: Database, database_url: str, clock: FakeClock, noticed: Comment
) -> None:
    Outbox(database, clock).fan_out()

    erased = Erasures(database, clock).by_author(noticed.id)

    assert (erased.name, erased.text, erased.status) == ("", "", Status.ERASED)
    assert left_in(database, database_url) == []


def test_the_decisions_and_the_place_stay_and_earlier_events_are_not_sent(
    database: Database, clock: FakeClock, noticed: Comment
) -> None:
    outbox, queue = Outbox(database, clock), DeliveryQueue(database, clock, b"secret")
    outbox.fan_out()
    Erasures(database, clock).by_author(noticed.id)
    outbox.fan_out()

    (webhook,) = queue.lease(1)
    due = queue.next_due(webhook)
    with database.read() as connection:
        of_comment = comments_table.c.public_id == noticed.id
        query = select(decisions.c.actor, decisions.c.from_status, decisions.c.to_status)
        made = connection.execute(query.join(comments_table).where(of_comment)).all()

    assert due is not None
    assert due.payload is not None
    assert (due.type, due.payload.name, due.payload.text) == ("comment.erased", "", "")
    assert [tuple(row) for row in made] == [
        ("policy", "pending", "approved"),
        ("moderator", "approved", "rejected"),
        ("author", "rejected", "erased"),
    ]


def test_an_erased_comment_is_shown_while_it_has_an_approved_answer(
    database: Database, clock: FakeClock, comments: Comments, site: Site
) -> None:
    first = add_scored(database, clock, GOOD)
    clock.advance(1)
    reply = add_scored(database, clock, GOOD, parent=first.id)
    pages, erasures = Pages(database), Erasures(database, clock)
    before = pages.get(site, "/a")

    erasures.by_author(first.id)
    page = pages.get(site, "/a")
    listed = PageComments(database)
    shown = listed.approved(page, after=None, limit=9, order=Order.OLDEST).comments
    further = listed.approved(page, after=first.id, limit=9, order=Order.OLDEST).comments
    erasures.by_author(reply.id)
    left = listed.approved(page, after=None, limit=9, order=Order.NEWEST).comments

    assert (before.count, page.count) == (2, 1)
    assert page.revision > before.revision
    assert [(c.id, c.text, c.is_erased) for c in shown] == [
        (first.id, "", True),
        (reply.id, reply.text, False),
    ]
    assert [c.id for c in further] == [reply.id]
    assert left == []


def test_nobody_decides_what_is_erased(
    database: Database, clock: FakeClock, queue: ReviewQueue, anna: Moderator, flagged: Comment
) -> None:
    erased = Erasures(database, clock).by_author(flagged.id)

    with pytest.raises(DecisionConflict):
        queue.decide(as_seen(erased), Status.APPROVED, moderator_id=anna.id)
