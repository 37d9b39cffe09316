"""The labels beside the axes of every chart are whole, on a phone and a desktop."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

import service.moderators
from moderation.statistics import DailyStatistics
from service.moderators.display.chart_layout import Chart, decisions_chart, delays_chart

FOLDER = Path(service.moderators.__file__).parent
TEMPLATES = Flask(__name__, template_folder=str(FOLDER / "templates/moderators")).jinja_env
STYLES = [FOLDER / "static" / name for name in ("base.css", "statistics.css")]
FIRST = date(2026, 1, 1)
CUT = """labels => labels.map(label => [label.textContent, label.getBoundingClientRect(),
    label.closest("svg").getBoundingClientRect()])
  .filter(([, box, all]) => box.left < all.left || box.right > all.right
    || box.top < all.top || box.bottom > all.bottom).map(([text]) => text)"""


def day(number: int, comments: int) -> DailyStatistics:
    return DailyStatistics(
        day=FIRST + timedelta(days=number),
        site="demo",
        submitted=comments,
        approved=comments,
        waiting=0,
        rejected=0,
        by_moderator=0,
        p50=timedelta(hours=comments),
        p90=timedelta(hours=comments),
    )


def chart(layout: object, comments: int, days: int) -> Chart:
    last = FIRST + timedelta(days=days - 1)
    return layout([day(number, comments) for number in range(days)], FIRST, last)  # type: ignore[no-any-return, operator]


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("layout", [decisions_chart, delays_chart])
def test_no_label_is_cut(browser: Browser, width: int, layout: object) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    template = TEMPLATES.get_template("_daily_chart.html")
    pictures = [
        template.render(chart=chart(layout, comments, days), label="A chart")
        for comments in (1, 900, 1_000, 1_000_000)
        for days in (1, 7, 30, 90)
    ]
    page.set_content("".join(pictures))
    for style in STYLES:
        page.add_style_tag(path=style)

    assert page.locator(".daily-chart .axis").evaluate_all(CUT) == []
    page.close()
