"""A moderator's feed: read by its secret address, made and revoked on the account page."""

import uuid
from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.accounts.moderators import Moderator
from moderation.comments import CommentNotFound
from moderation.keys import hash_token
from moderation.notifications.feeds import Feed, FeedNotFound
from service.http.client_address import client_address
from service.moderators.display.atom import as_atom
from service.moderators.request.access import require_moderator
from service.moderators.request.reauthentication import prove_password_if_any
from service.moderators.request.repositories import ScopedRepositories, repositories
from service.moderators.request.session_cookie import session_token
from service.wiring.parts import parts

feed = Blueprint("feed", __name__)
own_feed = Blueprint("own_feed", __name__)
own_feed.before_request(require_moderator)
_READS = "60 per hour"  # of one feed: a reader looks every few minutes at most
_MISSES = "20 per 15 minutes"  # of one address that knows no secret


@feed.get("/feed/<token>.atom")
def read(token: str) -> ResponseReturnValue:
    """Whoever has the address reads it, with no session; ETag and 304."""
    found = _feed(token)
    queue = f"{parts().settings.public_url}/moderate"
    body = as_atom(
        found,
        ScopedRepositories(found.moderator).newest_waiting(),
        feed_id=_id(found.moderator),
        here=f"{queue}/feed/{token}.atom",
        queue=queue,
    )
    response = Response(body, content_type="application/atom+xml; charset=utf-8")
    # Not no-store: a feed reader keeps what it read, and asks whether it has changed.
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)


@own_feed.post("/feed")
def make() -> ResponseReturnValue:
    """Shows the address, this once; an earlier one ends."""
    prove_password_if_any()
    token = parts().feeds.make(session_token())
    address = f"{parts().settings.public_url}/moderate/feed/{token}.atom"
    return render_template("moderators/new_feed.html", address=address)


@own_feed.post("/feed/revoke")
def revoke() -> ResponseReturnValue:
    parts().feeds.revoke(session_token())
    return redirect(url_for("moderate.account.overview", done="feed"), HTTPStatus.SEE_OTHER)


@own_feed.get("/waiting/<comment_id>")
def card(comment_id: str) -> ResponseReturnValue:
    """On to the queue where the comment is the first card; the queue alone if it waits no more."""
    try:
        after = repositories().waiting_before(comment_id)
    except CommentNotFound:
        after = None
    return redirect(url_for("moderate.queue.waiting", after=after), HTTPStatus.SEE_OTHER)


def _feed(token: str) -> Feed:
    """Raises FeedNotFound, TooMany."""
    try:
        found = parts().feeds.get(token)
    except FeedNotFound:
        address = client_address(request, parts().settings.trusted_proxies)
        who = parts().addresses.hash(address, parts().clock())
        parts().limits.hit(_MISSES, what="feed miss", who=who)
        raise
    parts().limits.hit(_READS, what="feed", who=hash_token(token))
    return found


def _id(moderator: Moderator) -> uuid.UUID:
    """The same for a moderator whatever the secret, and no other Parley's."""
    return uuid.UUID(parts().sign("feed", str(moderator.id))[:32], version=4)
