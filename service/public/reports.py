"""Take a reader's report about an approved comment."""

from http import HTTPStatus

from flask import Blueprint, Request, g, jsonify, request
from flask.typing import ResponseReturnValue

from moderation.review.reports import Report
from moderation.sites import Site
from service.http.body import fields_of
from service.http.client_address import client_address
from service.public.site_access import check_origin
from service.wiring.parts import parts

report = Blueprint("report", __name__)


@report.post("/v1/comments/<comment_id>/reports")
def report_comment(comment_id: str) -> ResponseReturnValue:
    """The answer is the same to a reader who reports a comment twice."""
    reported = Report.parse(fields_of(request))
    comment = parts().comments.get(comment_id)
    g.site = site = parts().site_cache.get(comment.site)
    address_hash = _guard(request, site)
    parts().reports.add(comment_id, site, reported, address_hash)
    response = jsonify(status="received")
    response.headers["Cache-Control"] = "no-store"
    return response, HTTPStatus.ACCEPTED


def _guard(request: Request, site: Site) -> str:
    """Let in a page of the site within the limit of submissions; returns the address's hash.

    Raises:
        WrongOrigin: No page of the site sent the request.
        RateLimitExceeded: The limit of the address is used up.
    """
    check_origin(request, site)
    address = client_address(request, parts().settings.trusted_proxies)
    address_hash = parts().addresses.hash(address, parts().clock())
    parts().limits.hit(parts().settings.submit_limit, what="report from", who=address_hash)
    return address_hash
