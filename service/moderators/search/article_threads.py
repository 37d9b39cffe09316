"""One article's page: its comments in thread order."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from moderation.storage.review.article_threads import PageNotFound
from service.moderators.display.labels import NOTICES
from service.moderators.request.access import require_moderator
from service.moderators.request.params import after_id
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

article = Blueprint("article", __name__)
article.before_request(require_moderator)
PER_PAGE = 50
_MAX_ID = 2**62


@article.get("/pages/<int:page_id>")
def thread(page_id: int) -> ResponseReturnValue:
    if page_id > _MAX_ID:  # more than a database can look for
        raise PageNotFound(page_id)
    after = after_id()
    return render_template(
        "moderators/article_thread.html",
        thread=repositories().threads.of_page(page_id, limit=PER_PAGE, after=after),
        after=after,
        sites=repositories().sites,
        notice=NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )
