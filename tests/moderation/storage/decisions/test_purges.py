"""Texts that were rejected longer ago than their site keeps them are erased by themselves."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from moderation.choices.safeguards import Safeguards
from moderation.comments import Comment, Status
from moderation.policy import Decision
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.purges import Purges
from moderation.storage.schema.decisions import decisions
from moderation.storage.schema.review import appeals
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import START, FakeClock
from tests.support.flagged_comments import DOUBTFUL, GOOD, add_scored

DAY = 86_400
REJECTED = Decision(Status.REJECTED)


@pytest.fixture
def purges(database: Database, clock: FakeClock) -> Purges:
    return Purges(database, clock)


@pytest.fixture
def keep(site: Site, sites: Sites) -> Callable[[int | None], None]:
    def set_days(days: int | None) -> None:
        sites.change(site.name, lambda old: replace(old, safeguards=Safeguards(purge_days=days)))

    return set_days


def texts(comments: Comments, sent: list[Comment]) -> list[str]:
    return [comments.get(comment.id).text for comment in sent]


def test_only_rejected_texts_go_and_only_after_the_sites_days(
    database: Database,
    clock: FakeClock,
    comments: Comments,
    keep: Callable[[int | None], None],
    purges: Purges,
) -> None:
    keep(30)
    sent = [
        add_scored(database, clock, decision, text=f"Text {number}")
        for number, decision in enumerate((REJECTED, GOOD, DOUBTFUL))
    ]
    clock.advance(30 * DAY - 1)
    before = (purges.has_due(), purges.purge())
    clock.advance(1)
    sent.append(add_scored(database, clock, REJECTED, text="Text 3"))

    after = (purges.has_due(), purges.purge(), purges.purge(), purges.has_due())

    assert (before, after) == ((False, 0), (True, 1, 0, False))
    assert texts(comments, sent) == ["", "Text 1", "Text 2", "Text 3"]
    assert comments.get(sent[0].id).status == "erased"


def test_site_without_days_keeps_them(
    database: Database, clock: FakeClock, site: Site, purges: Purges
) -> None:
    add_scored(database, clock, REJECTED)
    clock.advance(9999 * DAY)

    assert (purges.has_due(), purges.purge()) == (False, 0)


def test_decision_and_audit_log_say_why(
    database: Database,
    clock: FakeClock,
    keep: Callable[[int | None], None],
    purges: Purges,
) -> None:
    keep(1)
    comment = add_scored(database, clock, REJECTED)
    clock.advance(DAY)
    purges.purge()

    with database.read() as connection:
        row = connection.execute(select(decisions).order_by(decisions.c.id.desc())).first()
    assert row is not None
    assert (row.actor, row.reasons[0]["rule"]) == ("policy", "purged")
    newest = AuditLog(database).newest(1)[0]
    assert (newest.actor, newest.subject) == ("site's rule", f"comment {comment.id}")


def test_what_an_author_appeals_waits_for_its_answer(
    database: Database,
    clock: FakeClock,
    keep: Callable[[int | None], None],
    purges: Purges,
) -> None:
    keep(1)
    add_scored(database, clock, REJECTED)
    with database.write() as connection:
        connection.execute(
            appeals.insert().values(comment_id=1, text="Please look again", appealed_at=START)
        )
    clock.advance(DAY)

    assert purges.has_due() is False
