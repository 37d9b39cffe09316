"""Confirm an address, and stop mails, by the links in them: without signing in.

Each is a page with a button, since mail scanners open every link of a mail.
"""

import hmac
import re

from flask import Blueprint, Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from moderation.comments import Status
from moderation.notifications.reader_mails import MailLink, SubscriptionNotFound, link_token
from service.languages.accepted import accepted_language
from service.wiring.parts import parts

mail_links = Blueprint("mail_links", __name__, url_prefix="/mail")
_TOKEN = re.compile(r"([0-9]{1,18})-([0-9A-Za-z-]{8,32})-[0-9a-f]{64}")


@mail_links.get("/confirm/<token>")
def confirm_form(token: str) -> ResponseReturnValue:
    _link("confirm", token)
    return _page("confirm")


@mail_links.post("/confirm/<token>")
def confirm(token: str) -> ResponseReturnValue:
    """Raises SubscriptionNotFound for a link whose time is over."""
    return _page("confirmed", parts().subscriptions.confirm(_link("confirm", token)))


@mail_links.get("/stop/<token>")
def stop_form(token: str) -> ResponseReturnValue:
    _link("stop", token)
    return _page("stop")


@mail_links.post("/stop/<token>")
def stop(token: str) -> ResponseReturnValue:
    """By one of the page's buttons, or by a mail program's own (RFC 8058): then all mails."""
    link, ends = _link("stop", token), parts().subscription_ends
    asked = request.form.get("of")
    if asked == "thread":
        ends.stop_thread(link)
        return _page("stopped_thread")
    if asked == "none":
        ends.allow_again(link)
        return _page("allowed")
    ends.stop_site(link)
    return _page("stopped_site")


def _link(purpose: str, token: str) -> MailLink:
    """What a token of ours is about; raises SubscriptionNotFound for any other."""
    match = _TOKEN.fullmatch(token)
    known_by = None if match is None else parts().subscriptions.address_hash(int(match[1]))
    if match is None or known_by is None:
        raise SubscriptionNotFound
    link = MailLink(int(match[1]), known_by, match[2])
    if not hmac.compare_digest(token, link_token(parts().secret, purpose, link)):
        raise SubscriptionNotFound
    g.site = parts().site_cache.get(parts().comments.get(link.comment).site)
    return link


def _page(step: str, status: Status | None = None) -> Response:
    body = render_template(
        "mail_link.html",
        step=step,
        status=status,
        site=g.site,
        language=accepted_language(request),
    )
    response = make_response(body)
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is a secret
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
