"""Campaigns: nearly the same text again and again, across authors, pages and sites."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, text

from moderation.accounts.moderators import ALL_SITES, AccessScope
from moderation.comments import Status
from moderation.review.search_filter import Filter
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments
from moderation.storage.search.bulk_decisions import BulkDecisions
from moderation.storage.search.campaigns import Campaigns
from moderation.storage.search.search import Search
from moderation.storage.system.audit_log import AuditLog
from moderation.text.near_duplicates import fingerprint
from tests.support.clock import FakeClock
from tests.support.flagged_comments import DOUBTFUL, GOOD, add_scored

VOTE = "Vote NO on the harbour tunnel, neighbours!"
ALIKE = ("vote no on the harbour tunnel neighbours", "Neighbours!! Vote NO on the harbour tunnel")


@pytest.fixture
def campaigns(database: Database, clock: FakeClock) -> Campaigns:
    return Campaigns(database, clock, ALL_SITES)


def spread(database: Database, clock: FakeClock, site: str = "demo") -> None:
    """Three alike by three authors on two pages, one of which is published."""
    rows = (
        (VOTE, "Ada", "/a", DOUBTFUL),
        (ALIKE[0], "Bob", "/b", GOOD),
        (ALIKE[1], "Cy", "/b", DOUBTFUL),
    )
    for number, (words, name, page, decision) in enumerate(rows):
        clock.advance(60)
        sender = Submitter(str(number % 2) * 32)
        add_scored(
            database, clock, decision, sender=sender, site=site, text=words, name=name, page=page
        )


def test_a_campaign_is_counted_whole(
    database: Database, clock: FakeClock, site: Site, campaigns: Campaigns
) -> None:
    begin = clock()
    spread(database, clock)
    add_scored(database, clock, text="Quite another text about the harbour")

    (campaign,) = campaigns.largest(1, 10).campaigns

    assert campaign.fingerprint == fingerprint(VOTE)
    assert (campaign.number, campaign.names, campaign.addresses, campaign.pages) == (3, 3, 2, 2)
    assert campaign.states == {Status.APPROVED: 1, Status.FLAGGED: 2}
    assert campaign.sites == ["demo"]
    assert ((campaign.first_at - begin).seconds, (clock() - campaign.last_at).seconds) == (60, 0)
    assert sorted(campaign.texts) == sorted((VOTE, *ALIKE))


@pytest.mark.parametrize(
    ("names", "pages", "number"),
    [("AB", "/a", 0), ("AAA", "/a", 0), ("AAB", "/a", 1), ("ABC", "/a", 1)],
)
def test_three_by_two_authors_are_the_fewest(
    database: Database,
    clock: FakeClock,
    site: Site,
    campaigns: Campaigns,
    names: str,
    pages: str,
    number: int,
) -> None:
    for name in names:
        add_scored(database, clock, text=VOTE, name=name, page=pages)

    assert len(campaigns.largest(1, 10).campaigns) == number


def test_one_author_on_several_pages_is_a_campaign(
    database: Database, clock: FakeClock, site: Site, campaigns: Campaigns
) -> None:
    for page in ("/a", "/b", "/c"):
        add_scored(database, clock, text=VOTE, page=page)

    assert [one.pages for one in campaigns.largest(1, 10).campaigns] == [3]


def test_what_is_older_than_the_days_does_not_count(
    database: Database, clock: FakeClock, site: Site, campaigns: Campaigns
) -> None:
    spread(database, clock)
    clock.advance(2 * 86_400)

    assert campaigns.largest(1, 10).campaigns == []
    assert [one.number for one in campaigns.largest(3, 10).campaigns] == [3]


def test_a_moderator_of_one_site_sees_what_came_there(
    database: Database, clock: FakeClock, site: Site
) -> None:
    Sites(database, clock).add(replace(site, name="other"))
    spread(database, clock)
    spread(database, clock, "other")
    scope = AccessScope(frozenset({"other"}), may_decide=True)

    whole = Campaigns(database, clock, ALL_SITES).largest(1, 10).campaigns
    (own,) = Campaigns(database, clock, scope).largest(1, 10).campaigns
    (narrowed,) = Campaigns(database, clock, ALL_SITES).largest(1, 10, "other").campaigns

    assert [(one.number, one.sites) for one in whole] == [(6, ["demo", "other"])]
    assert (own.number, own.sites) == (3, ["other"])
    assert narrowed == own


def test_the_menu_counts_what_waits_again_and_again(
    database: Database, clock: FakeClock, site: Site, campaigns: Campaigns
) -> None:
    spread(database, clock)
    before = campaigns.number_waiting()
    add_scored(database, clock, text=VOTE)

    assert (before, campaigns.number_waiting()) == (0, 1)
    clock.advance(2 * 86_400)
    assert campaigns.number_waiting() == 0


def test_all_of_a_campaign_is_rejected_together_audited_and_undone(
    database: Database, clock: FakeClock, site: Site, campaigns: Campaigns
) -> None:
    spread(database, clock)
    add_scored(database, clock, text="Quite another text about the harbour")
    search = Search(database, clock, ALL_SITES)
    bulks = BulkDecisions(database, clock, ALL_SITES, search, sleep=lambda _: None)
    anna = Moderators(database, clock).add("Anna").id
    alike = Filter(alike=fingerprint(VOTE), newer=1)

    run = bulks.dry_run(alike, Status.REJECTED)
    bulk = bulks.decide(alike, Status.REJECTED, upto=run.upto or "", moderator_id=anna)
    rejected = campaigns.largest(1, 10).campaigns[0].states
    audited = [row.action for row in AuditLog(database).newest(3)]
    bulks.undo(bulk, moderator_id=anna)

    assert (run.number, rejected) == (3, {Status.REJECTED: 3})
    assert audited == ["comment_decided"] * 3
    assert campaigns.largest(1, 10).campaigns[0].states == {Status.APPROVED: 1, Status.FLAGGED: 2}


def test_erasing_a_campaign_hides_by_what_it_was_found(
    database: Database, clock: FakeClock, site: Site
) -> None:
    spread(database, clock)
    search = Search(database, clock, ALL_SITES)
    bulks = BulkDecisions(database, clock, ALL_SITES, search, sleep=lambda _: None)
    anna = Moderators(database, clock).add("Anna").id
    alike = Filter(alike=fingerprint(VOTE))

    upto = bulks.dry_run(alike, Status.ERASED).upto or ""
    bulk = bulks.get(bulks.decide(alike, Status.ERASED, upto=upto, moderator_id=anna))

    assert bulk.decided == 3
    assert str(fingerprint(VOTE)) not in str(bulk.filter)


MINUTES = 14  # between two of ten thousand comments: a hundred of them are of the last day
PLAN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}
WHOLE_TABLE = re.compile(r"SCAN comments(?! USING)|Seq Scan on comments")


def test_among_ten_thousand_nothing_reads_the_whole_table(
    database: Database, clock: FakeClock, site: Site, campaigns: Campaigns
) -> None:
    fill(database, clock)
    statements: list[tuple[str, Any]] = []
    event.listen(database.engine, "before_cursor_execute", lambda *a: statements.append(a[2:4]))

    listed = campaigns.largest(1, 10)
    campaigns.number_waiting()
    Search(database, clock, ALL_SITES).newest(Filter(alike=fingerprint(VOTE)), limit=20)

    assert (listed.whole, [one.number for one in listed.campaigns]) == (True, [11])
    with database.read() as connection:
        prefix = PLAN[connection.dialect.name]
        plans = [
            str(connection.exec_driver_sql(prefix + sql, values).all())
            for sql, values in list(statements)
            if "SELECT" in sql
        ]
    assert len(plans) > 5
    assert not [plan for plan in plans if WHOLE_TABLE.search(plan)]


def test_of_very_many_only_the_newest_are_looked_at(
    database: Database, clock: FakeClock, site: Site
) -> None:
    fill(database, clock)

    listed = Campaigns(database, clock, ALL_SITES, looked_at=50).largest(1, 10)

    assert not listed.whole
    assert [one.number for one in listed.campaigns] == [11]


def fill(database: Database, clock: FakeClock) -> None:
    """Ten thousand comments, each tenth of which says the same under another name."""
    add_scored(database, clock, text=VOTE)
    with database.read() as connection:
        row = dict(connection.execute(comments.select()).one()._mapping)
    del row["id"]
    rows = [
        row
        | {
            "public_id": f"copy{index}",
            "name": f"Name {index % 7}",
            "submitted_at": clock() - index * timedelta(minutes=MINUTES),
            "fingerprint": fingerprint(VOTE) if index % 10 == 0 else f"{index:016x}",
        }
        for index in range(1, 10_000)
    ]
    for start in range(0, len(rows), 500):
        with database.write() as connection:
            connection.execute(insert(comments), rows[start : start + 500])
    with database.write() as connection:
        connection.execute(text("ANALYZE"))
