"""Read the approved comments of a page, and count them."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from moderation.storage.threads.page_comments import Order
from service.http.params import parse_choice, parse_limit
from service.problems.errors import InvalidQuery
from service.public.asked_pages import (
    answer_page,
    asked_key,
    asked_page,
    asked_site,
    cacheable,
    etag_of,
    unchanged,
)
from service.public.closed_pages import terms_of
from service.wiring.page_bodies import PageRequest
from service.wiring.parts import parts

read = Blueprint("read", __name__)
MAX_LIMIT = 100
DEFAULT_LIMIT = 50
MAX_COUNTS = 100


@read.get("/v1/comments")
def approved() -> ResponseReturnValue:
    site = asked_site()
    page = asked_page(site)
    terms = terms_of(site, page)
    etag = etag_of(page, terms)
    if (response := unchanged(etag)) is not None:
        return response
    after = request.args.get("after") or None
    limit = parse_limit(default=DEFAULT_LIMIT, most=MAX_LIMIT)
    return answer_page(PageRequest(page, after, limit, _order(), terms), etag)


@read.get("/v1/counts")
def counts() -> ResponseReturnValue:
    site = asked_site()
    names = request.args.getlist("page")
    if not 1 <= len(names) <= MAX_COUNTS or not all(names):
        sentence = f"give page=... 1 to {MAX_COUNTS} times, none of them empty"
        raise InvalidQuery(sentence, field="page")
    keys = {name: asked_key(name) for name in names}
    by_key = parts().pages.counts(site, list(set(keys.values())))
    return cacheable(jsonify(counts={name: by_key[key] for name, key in keys.items()}))


def _order() -> Order:
    return parse_choice(request.args.get("order", Order.OLDEST), Order, "order")
