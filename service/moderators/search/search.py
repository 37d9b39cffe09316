"""All comments: searched, and each decided from where it is found."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from moderation.comments import Status
from moderation.review.search_filter import Filter
from service.moderators.display.labels import NOTICES
from service.moderators.request.access import require_moderator
from service.moderators.request.params import after_id
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

search = Blueprint("search", __name__)
search.before_request(require_moderator)
PER_PAGE = 20


@search.get("/comments")
def found() -> ResponseReturnValue:
    wanted, after = Filter.parse(request.args), after_id()
    return render_template(
        "moderators/search.html",
        found=repositories().search.newest(wanted, limit=PER_PAGE, after=after),
        wanted=wanted,
        fields=wanted.as_fields(),
        narrowed=bool(wanted.as_fields().keys() - {"text", "status"}),
        after=after,
        sites=repositories().sites,
        moderators=parts().moderators.all(),
        statuses=list(Status),
        notice=NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )
