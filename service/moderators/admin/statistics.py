"""Statistics by day and site: charts, the table behind them, and the table to download."""

from datetime import date, timedelta

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from moderation.statistics import DailyStatistics, StatisticsReport
from service.http.formats import csv_text
from service.http.params import parse_choice
from service.moderators.display.chart_layout import decisions_chart, delays_chart
from service.moderators.request.access import require_moderator
from service.moderators.request.params import site_filter
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

statistics = Blueprint("statistics", __name__)
statistics.before_request(require_moderator)
SPANS = (7, 30, 90, 365)
_COLUMNS = (
    "day site submitted approved waiting rejected rejected_by decided_by_people"
    " decided_by_policy overturned"
    " seconds_to_decision_p50 seconds_to_decision_p90"
)


@statistics.get("/numbers")
def overview() -> ResponseReturnValue:
    first, last = _days()
    report = _report(first, last)
    return render_template(
        "moderators/statistics.html",
        numbers=report,
        decided=decisions_chart(report.days, first, last),
        delays=delays_chart(report.days, first, last),
        first=first,
        last=last,
        spans=SPANS,
        span=_span(),
        site=site_filter(),
        sites=repositories().sites,
        now=parts().clock(),
    )


@statistics.get("/numbers.csv")
def as_csv() -> ResponseReturnValue:
    first, last = _days()
    rows = [_COLUMNS.split(), *map(_row, _report(first, last).days)]
    name = f"parley-{first.isoformat()}-{last.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(csv_text(rows), content_type="text/csv; charset=utf-8", headers=headers)


def _report(first: date, last: date) -> StatisticsReport:
    return repositories().statistics.between(first, last, site=site_filter())


def _days() -> tuple[date, date]:
    today = parts().clock().date()
    return today - timedelta(days=_span() - 1), today


def _span() -> int:
    return int(parse_choice(request.args.get("days", "30"), tuple(map(str, SPANS)), "days"))


def _row(day: DailyStatistics) -> tuple[object, ...]:
    delays = (day.p50, day.p90)
    seconds = (None if delay is None else round(delay.total_seconds()) for delay in delays)
    causes = ", ".join(f"{actor}: {rule} {number}" for actor, rule, number in day.reasons)
    counts = (day.submitted, day.approved, day.waiting, day.rejected)
    by_whom = (day.by_moderator, day.by_policy, day.overturned)
    return (day.day.isoformat(), day.site, *counts, causes, *by_whom, *seconds)
