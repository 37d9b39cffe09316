"""The article page to try Parley on: a page of the site `demo`, with its comments."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.sites import SiteNotFound
from moderation.storage.comments.pages import PublicComment
from moderation.storage.threads.page_comments import Order
from service.wiring.parts import parts

demo = Blueprint(
    "demo",
    __name__,
    url_prefix="/demo",
    template_folder="templates",
    static_folder="static",
)
SITE = "demo"
PAGE = "/demo/japan-joint-force-headquarters"
PER_PAGE = 50
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the page's approved comments; `after` is where the next part begins, if any."""

    count: int
    comments: Sequence[PublicComment]
    after: str | None
    is_first: bool

    def name_of(self, comment_id: str) -> str | None:
        """Who wrote the comment, if it is in this part."""
        return next((one.name for one in self.comments if one.id == comment_id), None)


@demo.get("/")
def front() -> ResponseReturnValue:
    return redirect(url_for("demo.article"))


@demo.get("/japan-joint-force-headquarters")
def article() -> ResponseReturnValue:
    part = _part(request.args.get("after") or None)
    address = parts().settings.public_url + PAGE
    body = render_template("demo/article.html", part=part, site=SITE, page=PAGE, address=address)
    return _with_headers(make_response(body))


@demo.errorhandler(SiteNotFound)
def lead_to_queue(_error: SiteNotFound) -> ResponseReturnValue:
    """A server of real sites has no demo: whoever opens its address moderates there."""
    return redirect(url_for("moderate.queue.overview"))


def _part(after: str | None) -> Part:
    """A part of the comments, oldest first; raises CommentNotFound for an unknown `after`."""
    page = parts().pages.get(parts().sites.get(SITE), PAGE)
    part = parts().page_comments.approved(page, after=after, limit=PER_PAGE, order=Order.OLDEST)
    return Part(page.count, part.comments, part.next, is_first=after is None)


def _with_headers(response: Response) -> Response:
    """Set the headers of a page that loads nothing but our own; forms need a Referer."""
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    response.headers["Cache-Control"] = "no-cache"
    return response
