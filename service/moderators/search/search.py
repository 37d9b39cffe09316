"""All comments: found by a search, or in the thread of an article."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from moderation.comments import Status
from moderation.review.search_filter import Filter
from moderation.storage.review.article_threads import PageNotFound
from service.moderators.display.labels import NOTICES
from service.moderators.request.access import require_moderator
from service.moderators.request.params import MAX_PAGE_ID, after_id
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

search = Blueprint("search", __name__)
search.before_request(require_moderator)
PER_PAGE = 20
PER_THREAD_PAGE = 50


@search.get("/comments")
def results() -> ResponseReturnValue:
    filter_, after = Filter.parse(request.args), after_id()
    return render_template(
        "moderators/search.html",
        results=repositories().search.newest(filter_, limit=PER_PAGE, after=after),
        search_filter=filter_,
        fields=filter_.as_fields(),
        narrowed=bool(filter_.as_fields().keys() - {"text", "status"}),
        after=after,
        sites=repositories().sites,
        moderators=repositories().colleagues,
        statuses=list(Status),
        notice=NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )


@search.get("/pages/<int:page_id>")
def article(page_id: int) -> ResponseReturnValue:
    if page_id > MAX_PAGE_ID:
        raise PageNotFound(page_id)
    after = after_id()
    return render_template(
        "moderators/article_thread.html",
        thread=repositories().threads.of_page(page_id, limit=PER_THREAD_PAGE, after=after),
        after=after,
        sites=repositories().sites,
        notice=NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )
