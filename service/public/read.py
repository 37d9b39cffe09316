"""Read comments: approved ones by anyone, one's own by its author."""

from http import HTTPStatus

from flask import Blueprint, Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from moderation.comments import MAX_SITE, Comment, CommentNotFound, Status
from moderation.pages.page_keys import naming_parameters, page_key
from moderation.sites import Site
from moderation.storage.comments.pages import Order
from service.http.formats import rfc3339
from service.http.params import parse_choice, parse_limit
from service.problems.errors import InvalidQuery, WrongAuthorToken
from service.public.site_access import is_author
from service.wiring.page_cache import PageRequest
from service.wiring.parts import parts

read = Blueprint("read", __name__)
MAX_LIMIT = 100
DEFAULT_LIMIT = 50
MAX_COUNTS = 100


@read.get("/v1/comments")
def approved() -> ResponseReturnValue:
    site = _site()
    page = parts().pages.get(site, _key(_required("page")))
    etag = f"{page.incarnation}-{page.id}-{page.revision}-{site.max_text}"
    if request.if_none_match.contains_weak(etag):
        return _cacheable(Response(status=HTTPStatus.NOT_MODIFIED), etag)
    after = request.args.get("after") or None
    limit = parse_limit(default=DEFAULT_LIMIT, most=MAX_LIMIT)
    body = _page_json(PageRequest(page, after, limit, _order(), site.max_text))
    return _cacheable(Response(body, content_type="application/json"), etag)


@read.get("/v1/counts")
def counts() -> ResponseReturnValue:
    site = _site()
    names = request.args.getlist("page")
    if not 1 <= len(names) <= MAX_COUNTS or not all(names):
        sentence = f"give page=... 1 to {MAX_COUNTS} times, none of them empty"
        raise InvalidQuery(sentence, field="page")
    keys = {name: _key(name) for name in names}
    by_key = parts().pages.counts(site, list(set(keys.values())))
    return _cacheable(jsonify(counts={name: by_key[key] for name, key in keys.items()}))


@read.get("/v1/comments/<comment_id>")
def own(comment_id: str) -> ResponseReturnValue:
    """A comment: for its author whatever its status, else only an approved or erased one."""
    comment = parts().comments.get(comment_id)
    g.site = parts().site_cache.get(comment.site)
    if comment.status not in (Status.APPROVED, Status.ERASED) and not is_author(comment_id):
        raise CommentNotFound(comment_id)
    return _own_json(comment)


@read.delete("/v1/comments/<comment_id>")
def erase(comment_id: str) -> ResponseReturnValue:
    """Erase the author's own comment; raises WrongAuthorToken."""
    if not is_author(comment_id):
        raise WrongAuthorToken
    comment = parts().comments.get(comment_id)
    g.site = parts().site_cache.get(comment.site)
    if comment.status is not Status.ERASED:
        comment = parts().erasures.by_author(comment_id)
    return _own_json(comment)


def _own_json(comment: Comment) -> Response:
    response = jsonify(
        id=comment.id,
        status=comment.status,
        page=comment.page,
        name=comment.name,
        text=comment.text,
        submitted_at=rfc3339(comment.submitted_at),
        parent=comment.parent,
        erased=comment.status is Status.ERASED,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _page_json(page_request: PageRequest) -> bytes:
    try:
        return parts().page_cache.json(page_request)
    except CommentNotFound as error:
        sentence = "after must be the next of an earlier answer for this page"
        raise InvalidQuery(sentence, field="after") from error


def _cacheable(response: Response, etag: str | None = None) -> Response:
    """Let caches keep the answer, but ask each time: by the ETag that costs one small query."""
    response.headers["Cache-Control"] = "public, no-cache"
    if etag is None:
        response.add_etag()
        response.make_conditional(request)
        return response
    response.set_etag(etag, weak=True)
    return response


def _site() -> Site:
    g.site = site = parts().site_cache.get(_required("site")[: MAX_SITE + 1])
    return site


def _key(page: str) -> str:
    return page_key(page, naming_parameters(request.args.get("query")))


def _required(name: str) -> str:
    value = request.args.get(name, "")
    if not value.strip():
        sentence = f"{name} is missing: add {name}=..."
        raise InvalidQuery(sentence, field=name)
    return value


def _order() -> Order:
    return parse_choice(request.args.get("order", Order.OLDEST), Order, "order")
