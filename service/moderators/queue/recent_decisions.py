"""Recent decisions: mine, everyone's, the policy's; each can be changed."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from moderation.storage.review.decision_history import DecidedByFilter
from service.http.params import parse_choice, parse_int
from service.moderators.display.labels import NOTICES
from service.moderators.request.access import require_moderator
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

decisions = Blueprint("decisions", __name__)
decisions.before_request(require_moderator)
PER_PAGE = 30


@decisions.get("/decided")
def overview() -> ResponseReturnValue:
    whose, before = _whose(), request.args.get("before")
    decided = repositories().decision_history.page(
        whose,
        g.moderator.id,
        limit=PER_PAGE + 1,
        before=parse_int(before, "before") if before else None,
    )
    return render_template(
        "moderators/recent_decisions.html",
        decisions=decided[:PER_PAGE],
        more=len(decided) > PER_PAGE,
        whose=whose,
        before=before,
        notice=NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )


def _whose() -> DecidedByFilter:
    return parse_choice(request.args.get("whose") or DecidedByFilter.MINE, DecidedByFilter, "whose")
