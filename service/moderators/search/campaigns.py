"""Campaigns: nearly the same text again and again, seen and decided together."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from moderation.storage.search.campaigns import LOOKED_AT, SMALLEST
from service.http.params import parse_int
from service.moderators.display.text_differences import differences
from service.moderators.request.access import require_moderator
from service.moderators.request.params import site_filter
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

campaigns = Blueprint("campaigns", __name__)
campaigns.before_request(require_moderator)
MOST_DAYS = 30
SHOWN = 30
OTHERS = 3  # spellings beside the most frequent one


@campaigns.get("/campaigns")
def overview() -> ResponseReturnValue:
    days = parse_int(request.args.get("days") or "1", "days", least=1, most=MOST_DAYS)
    site = site_filter()
    return render_template(
        "moderators/campaigns.html",
        listed=repositories().campaigns.largest(days, SHOWN, site),
        days=days,
        site=site,
        sites=repositories().sites,
        smallest=SMALLEST,
        looked_at=LOOKED_AT,
        differences=differences,
        others=OTHERS,
        now=parts().clock(),
    )
