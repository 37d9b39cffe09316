"""Which page of which site a reader asks about, and an answer that caches may keep."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from flask import Response, g, request

from moderation.comments import MAX_SITE, CommentNotFound
from moderation.pages.page_keys import naming_parameters, page_key
from moderation.sites import Site
from moderation.storage.comments.pages import Page
from service.gateway.environ import FOR_EVERYBODY
from service.problems.errors import InvalidQuery
from service.wiring.page_bodies import BodyRequest, PageTerms
from service.wiring.parts import parts

Made = TypeVar("Made")


def asked_site() -> Site:
    """The site that the query names; raises SiteNotFound, InvalidQuery."""
    g.site = site = parts().site_cache.get(required("site")[: MAX_SITE + 1])
    return site


def asked_page(site: Site) -> Page:
    """The page that the query names; raises InvalidQuery."""
    return parts().pages.get(site, asked_key(required("page")))


def asked_key(page: str) -> str:
    """The key of a page that is spelled somehow."""
    return page_key(page, naming_parameters(request.args.get("query")))


def etag_of(page: Page, terms: PageTerms) -> str:
    """What changes with every public change of the page."""
    closed, mail = terms.closed or "open", "mail" if terms.reader_mail else "no-mail"
    return f"{page.incarnation}-{page.id}-{page.revision}-{terms.max_text}-{closed}-{mail}"


def answer_page(body_request: BodyRequest, etag: str) -> Response:
    """Answer with what is cached or made; raises InvalidQuery where it cannot go on from there."""
    body = going_on(lambda: parts().page_cache.json(body_request))
    return cacheable(Response(body, content_type="application/json"), etag)


def going_on(make: Callable[[], Made]) -> Made:
    """Return what is made; raises InvalidQuery where the page has no place to go on from."""
    try:
        return make()
    except CommentNotFound as error:
        field = "before" if request.args.get("before") else "after"
        cursor = "previous" if field == "before" else "next"
        sentence = f"{field} must be the {cursor} of an earlier answer for this page and order"
        raise InvalidQuery(sentence, field=field) from error


def unchanged(etag: str) -> Response | None:
    """304, where the browser has that already."""
    if not request.if_none_match.contains_weak(etag):
        return None
    return cacheable(Response(status=HTTPStatus.NOT_MODIFIED), etag)


def cacheable(response: Response, etag: str | None = None) -> Response:
    """Let caches keep the answer, but ask each time: by the ETag that costs one small query.

    It must be the same for everybody: our own gateway gives it again, for a moment.
    """
    response.headers["Cache-Control"] = "public, no-cache"
    request.environ[FOR_EVERYBODY] = str(request.url_rule)
    if etag is None:
        response.add_etag()
        response.make_conditional(request)
        return response
    response.set_etag(etag, weak=True)
    return response


def required(name: str) -> str:
    value = request.args.get(name, "")
    if not value.strip():
        sentence = f"{name} is missing: add {name}=..."
        raise InvalidQuery(sentence, field=name)
    return value
