"""A trusted key says when a comment was written; how long it waits goes by when it came."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from moderation.accounts.moderators import ALL_SITES
from moderation.sites import KeyScope, Site
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.database.engine import Database
from moderation.storage.decisions.backlog import Backlog
from moderation.storage.notifications.feeds import Feeds
from moderation.storage.schema.comments import comments
from moderation.storage.sites.site_keys import SiteKeys
from moderation.storage.statistics.daily_rollups import DailyRollups
from moderation.storage.statistics.statistics import Statistics
from tests.support.clock import START, FakeClock
from tests.support.flagged_comments import DOUBTFUL, add_scored

ONE = {"page": "/a", "name": "Ada", "text": "Well argued, thank you."}
LONG_AGO = "2019-04-01T08:30:00+02:00"
WRITTEN = datetime(2019, 4, 1, 6, 30, tzinfo=UTC)


@pytest.fixture
def key(site: Site, site_keys: SiteKeys) -> str:
    return site_keys.make(site.name, scope=KeyScope.TRUSTED)


def batch(client: FlaskClient, key: str, *sent: dict[str, Any]) -> list[dict[str, Any]]:
    headers = {"Authorization": f"Bearer {key}"}
    answer = client.post("/v1/comments:batch", json={"comments": list(sent)}, headers=headers)
    assert answer.json is not None
    return list(answer.json["comments"])


def test_both_times_are_kept(client: FlaskClient, key: str, database: Database) -> None:
    answers = batch(client, key, {**ONE, "created_at": LONG_AGO}, ONE)

    assert [answer["status"] for answer in answers] == [202, 202]
    with database.read() as connection:
        rows = connection.execute(select(comments.c.submitted_at, comments.c.arrived_at)).all()
    assert [tuple(row) for row in rows] == [(WRITTEN, START), (START, None)]


def test_its_author_sees_when_it_was_written(client: FlaskClient, key: str) -> None:
    sent = {**ONE, "site": "demo", "created_at": LONG_AGO}
    taken = client.post("/v1/comments", json=sent, headers={"Authorization": f"Bearer {key}"}).json
    assert taken is not None

    headers = {"Parley-Author-Token": taken["author_token"]}
    own = client.get(f"/v1/comments/{taken['id']}", headers=headers).json

    assert own is not None
    assert own["submitted_at"] == "2019-04-01T06:30:00.000Z"


@pytest.mark.parametrize(
    "wrong",
    [
        "2026-02-01T12:00:00Z",  # a clock that is a day fast
        "2026-01-31T12:01:01Z",
        "1969-12-31T23:59:59Z",
        "2019-04-01T08:30:00",
        "2019-04-01",
        "yesterday",
        "",
        "0001-01-01T00:00:00+23:59",
        1554100200,
        True,
        ["2019-04-01T08:30:00Z"],
    ],
)
def test_impossible_time_is_refused(client: FlaskClient, key: str, wrong: object) -> None:
    (answer,) = batch(client, key, {**ONE, "created_at": wrong})

    assert (answer["status"], answer["problem"]["field"]) == (422, "created_at")


def test_clock_that_is_a_little_fast_says_now(
    client: FlaskClient, key: str, database: Database
) -> None:
    batch(client, key, {**ONE, "created_at": "2026-01-31T12:01:00Z"})

    with database.read() as connection:
        assert connection.execute(select(comments.c.submitted_at)).scalar_one() == START


def test_only_a_trusted_key_is_believed(
    client: FlaskClient, site: Site, site_keys: SiteKeys
) -> None:
    (answer,) = batch(client, site_keys.make(site.name), {**ONE, "created_at": LONG_AGO})

    assert answer["status"] == 422
    assert "--scope trusted" in answer["problem"]["detail"]


def test_the_same_again_is_the_same_whatever_its_time(client: FlaskClient, key: str) -> None:
    sent = {**ONE, "source_id": "wp-17", "created_at": LONG_AGO}
    (first,) = batch(client, key, sent)
    (second,) = batch(client, key, {**sent, "created_at": None})

    assert first["comment"]["id"] == second["comment"]["id"]


def test_oldest_pending_goes_by_when_it_came(
    client: FlaskClient, key: str, database: Database, clock: FakeClock
) -> None:
    batch(client, key, {**ONE, "created_at": LONG_AGO})
    backlog = Backlog(database, clock)

    assert (backlog.oldest_pending(), backlog.has_unclaimed()) == (START, False)


def test_waiting_goes_by_when_it_came_and_its_day_is_counted_again(
    database: Database, clock: FakeClock, site: Site
) -> None:
    add_scored(database, clock)
    clock.advance(2 * 24 * 3600)
    while DailyRollups(database, clock).roll_up():
        pass
    came = clock.now
    written = Submitter(has_site_key=True, written_at=START - timedelta(days=700))

    add_scored(database, clock, DOUBTFUL, sender=written)

    day = written.written_at.date()  # type: ignore[union-attr]
    report = Statistics(database, ALL_SITES).between(day, came.date())
    assert report.waiting.oldest == START
    assert [(counted.day, counted.submitted) for counted in report.days] == [
        (day, 1),
        (START.date(), 1),
    ]
    assert Feeds(database, clock).summary(ALL_SITES).oldest == START
