"""What is new since a page was opened: a tiny answer, asked for all the time."""

from http import HTTPStatus

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.http import generate_etag

from service.http.params import parse_int
from service.moderators.request.access import require_moderator
from service.moderators.request.params import site_filter
from service.moderators.request.repositories import repositories

arrivals = Blueprint("arrivals", __name__)
arrivals.before_request(require_moderator)


@arrivals.get("/arrivals")
def since() -> ResponseReturnValue:
    """304 without counting anything while nobody decided anything: every change is a decision."""
    site, seen = site_filter(), parse_int(request.args.get("since", ""), "since")
    etag = generate_etag(f"{repositories().queue_updates.newest()} {seen} {site}".encode())
    if etag in request.if_none_match:
        return "", HTTPStatus.NOT_MODIFIED
    new = repositories().queue_updates.since(seen, site=site)
    response = jsonify(waiting=repositories().count_waiting(site), new=new)
    response.set_etag(etag)
    return response
