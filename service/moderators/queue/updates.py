"""What is new since a page was opened: a tiny answer, asked for all the time."""

from http import HTTPStatus

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.http import generate_etag

from service.http.params import parse_int
from service.moderators.request.repositories import desk
from service.moderators.request.sessions import asked_site, require_moderator, waiting_here

arrivals = Blueprint("arrivals", __name__)
arrivals.before_request(require_moderator)


@arrivals.get("/arrivals")
def since() -> ResponseReturnValue:
    """304 without counting anything while nobody decided anything: every change is a decision."""
    site, seen = asked_site(), parse_int(request.args.get("since", ""), "since")
    etag = generate_etag(f"{desk().arrivals.newest()} {seen} {site}".encode())
    if etag in request.if_none_match:
        return "", HTTPStatus.NOT_MODIFIED
    new = desk().arrivals.since(seen, site=site)
    response = jsonify(waiting=waiting_here(site), new=new)
    response.set_etag(etag)
    return response
