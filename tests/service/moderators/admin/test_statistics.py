"""The numbers' page and the table to download."""

import csv
import io
from datetime import date, timedelta
from itertools import pairwise

import pytest

from moderation.accounts.moderators import Role
from moderation.comments import Comment
from moderation.sites import Site
from moderation.statistics import DailyStatistics, Ratio
from moderation.storage.accounts.roles import Roles
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from service.moderators.display.chart_layout import PARTS, decisions_chart, delays_chart
from service.moderators.display.labels import browser_name, duration, percent
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored
from tests.support.moderator_browser import Browser

FIRST, LAST = date(2026, 1, 1), date(2026, 1, 10)


def test_the_bars_of_a_day_stand_on_each_other_and_fit() -> None:
    days = [
        DailyStatistics(FIRST, "a", 9, approved=2, rejected=4, waiting=3),
        DailyStatistics(FIRST, "b", 1, approved=1),
        DailyStatistics(LAST, "a", 1, waiting=1),
    ]

    chart = decisions_chart(days, FIRST, LAST)

    first = [shape for shape in chart.shapes if shape.title.startswith("2026-01-01")]
    assert [shape.kind for shape in first] == list(PARTS)
    assert [shape.title.split(": ")[1] for shape in first] == [
        "3 approved",
        "3 waiting",
        "4 rejected",
    ]
    for lower, upper in pairwise(first):
        assert upper.y + upper.height == pytest.approx(lower.y)
    assert first[-1].y == pytest.approx(0)
    assert chart.shapes[-1].x + chart.shapes[-1].width <= chart.width
    assert chart.lines[0] == (0, "10")


def test_an_empty_picture_is_one_too() -> None:
    assert decisions_chart([], FIRST, FIRST).shapes == []
    assert delays_chart([DailyStatistics(FIRST, "a")], FIRST, LAST).shapes == []


def test_dots_stand_for_the_time_to_decision() -> None:
    day = DailyStatistics(LAST, "a", p50=timedelta(minutes=30), p90=timedelta(hours=2))

    chart = delays_chart([day], FIRST, LAST)

    assert [(shape.kind, shape.y > 0) for shape in chart.shapes] == [("p90", False), ("p50", True)]
    assert chart.lines[0] == (0, "2 h")


def test_the_page_has_pictures_and_the_table_behind_them(anna: Browser, flagged: Comment) -> None:
    anna.decide(flagged, "reject")

    page = anna.page("/moderate/numbers?days=7&site=demo")

    assert page.count("<svg") == 2
    assert "2026-01-31: 1 rejected" in page
    assert '<th scope="row">moderators: other</th>' in page
    assert "none yet" in page


def test_the_table_is_downloaded(anna: Browser, flagged: Comment, clock: FakeClock) -> None:
    clock.advance(90)
    anna.decide(flagged, "reject")

    answer = anna.get("/moderate/numbers.csv?days=30")

    assert answer.content_type == "text/csv; charset=utf-8"
    assert 'filename="parley-2026-01-02-2026-01-31.csv"' in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[0][:3] == ["day", "site", "submitted"]
    assert rows[1:] == [
        ["2026-01-31", "demo", "1", "0", "0", "1", "moderator: other 1", "1", "0", "0", "90", "90"]
    ]


@pytest.mark.parametrize(
    ("query", "status"),
    [("days=8", 422), ("days=x", 422), ("site=no-such", 404), ("site=demo&days=365", 200)],
)
def test_what_is_asked_for_is_checked(anna: Browser, site: Site, query: str, status: int) -> None:
    assert anna.get(f"/moderate/numbers?{query}").status_code == status
    assert anna.get(f"/moderate/numbers.csv?{query}").status_code == status


def test_nobody_counts_another_site(
    anna: Browser, bea: Browser, database: Database, clock: FakeClock, site: Site, sites: Sites
) -> None:
    sites.add(Site(0, "other", "Other", ()))
    add_scored(database, clock, site="other")
    Roles(database, clock).set_role("Bea", Role.VIEWER, sites=["demo"])

    assert "Nothing was submitted" in bea.page("/moderate/numbers")
    assert len(bea.get("/moderate/numbers.csv").text.splitlines()) == 1
    assert bea.get("/moderate/numbers.csv?site=other").status_code == 404
    assert len(anna.get("/moderate/numbers.csv").text.splitlines()) == 2


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Linux",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18) Version/18 Safari/604.1", "Safari on iPhone"),
        ("curl/8", "curl/8"),
        (None, "a browser without a name"),
    ],
)
def test_browsers_are_called_what_people_call_them(agent: str | None, name: str) -> None:
    assert browser_name(agent) == name


def test_times_and_shares_are_words() -> None:
    times = [None, timedelta(seconds=89), timedelta(minutes=12), timedelta(hours=3.5)]

    assert [duration(time) for time in times] == ["–", "89 s", "12 min", "3.5 h"]
    assert [percent(Ratio(0, 0)), percent(Ratio(3, 75))] == ["none yet", "4% (3 of 75)"]
