"""The room of what the policy settled without a person: each of it can be decided again."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from moderation.storage.automatic.automatic_decisions import AutomaticList
from service.http.params import parse_choice
from service.moderators.display.labels import NOTICES
from service.moderators.request.access import require_moderator
from service.moderators.request.params import after_id, site_filter
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

automatic = Blueprint("automatic", __name__)
automatic.before_request(require_moderator)
PER_PAGE = 30


@automatic.get("/automatic")
def overview() -> ResponseReturnValue:
    which, site, after = _which(), site_filter(), after_id()
    settled = repositories().automatic_decisions.newest(
        which, limit=PER_PAGE + 1, site=site, after=after
    )
    return render_template(
        "moderators/automatic_decisions.html",
        decisions=settled[:PER_PAGE],
        more=len(settled) > PER_PAGE,
        which=which,
        site=site,
        sites=repositories().sites,
        after=after,
        notice=NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )


def _which() -> AutomaticList:
    value = request.args.get("list") or AutomaticList.REJECTED
    return parse_choice(value, AutomaticList, "list")
