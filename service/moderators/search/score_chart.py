"""The score chart: waiting comments by score, and how sure a decision about a range would be."""

from dataclasses import dataclass

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from moderation.comments import Status
from moderation.policy import ATTRIBUTES
from moderation.review.error_estimate import PastDecisions
from moderation.storage.review.score_histogram import COLUMNS, Histogram
from service.http.params import parse_choice, parse_int
from service.moderators.display.filter_text import error_in_words
from service.moderators.request.access import require_moderator
from service.moderators.request.params import site_filter, wants_json
from service.moderators.request.repositories import repositories

score_chart = Blueprint("score_chart", __name__)
score_chart.before_request(require_moderator)
_DOTS = 24  # in the fullest column; with more there is no room for a dot each


@dataclass(frozen=True, slots=True)
class Range:
    """The hundredths chosen: from `low` to `high`, the edges of columns."""

    low: int
    high: int

    def holds(self, column: int) -> bool:
        """Whether the column lies between the edges."""
        return self.low <= column < self.high


@score_chart.get("/scores")
def overview() -> ResponseReturnValue:
    attribute, site, chosen = _attribute(), site_filter(), _range()
    waiting = repositories().score_histogram.waiting(attribute, site)
    low, high = chosen.low / COLUMNS, chosen.high / COLUMNS
    past = repositories().score_histogram.past(attribute, low, high, site)
    summary = _summary(waiting, chosen, past)
    if wants_json():
        return jsonify(summary)
    return render_template(
        "moderators/score_chart.html",
        attribute=attribute,
        site=site,
        sites=repositories().sites,
        chosen=chosen,
        waiting=waiting,
        tallest=max(waiting.columns),
        as_dots=max(waiting.columns) <= _DOTS,
        summary=summary,
    )


def _summary(waiting: Histogram, chosen: Range, past: PastDecisions) -> dict[str, str]:
    number = waiting.between(chosen.low, chosen.high - 1)
    return {
        "number": f"{number:,}",
        "approving": error_in_words(past, Status.APPROVED),
        "rejecting": error_in_words(past, Status.REJECTED),
    }


def _attribute() -> str:
    return parse_choice(request.args.get("attribute") or ATTRIBUTES[0], ATTRIBUTES, "attribute")


def _range() -> Range:
    """The range between two edges, given in either order; never empty."""
    low, high = sorted((_edge("low", 0), _edge("high", COLUMNS)))
    return Range(min(low, COLUMNS - 1), max(high, low + 1))


def _edge(field: str, default: int) -> int:
    return parse_int(request.args.get(field) or str(default), field, most=COLUMNS)
