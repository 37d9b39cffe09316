"""A moderator's Atom feed, read by its secret address without a sign-in."""

import uuid

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from moderation.accounts.moderators import Moderator
from moderation.audit_chain import AuditAction, moderator_actor
from moderation.keys import hash_token
from moderation.notifications.feeds import Feed, FeedNotFound
from service.http.client_address import client_address
from service.moderators.display.atom import as_atom
from service.moderators.request.repositories import repositories_of
from service.wiring.credential_audit import audit_use
from service.wiring.parts import parts

feed = Blueprint("feed", __name__)
_READS = "60 per hour"  # of one feed: a reader looks every few minutes at most
_MISSES = "20 per 15 minutes"  # of one address that knows no secret


@feed.get("/feed/<token>.atom")
def read(token: str) -> ResponseReturnValue:
    """The feed for whoever has its address; with an ETag."""
    feed = _feed(token)
    queue = f"{parts().settings.public_url}/moderate"
    body = as_atom(
        feed,
        repositories_of(feed.moderator).newest_waiting(),
        feed_id=_id(feed.moderator),
        address=f"{queue}/feed/{token}.atom",
        queue=queue,
    )
    response = Response(body, content_type="application/atom+xml; charset=utf-8")
    # Not no-store: a feed reader keeps what it read, and asks whether it has changed.
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)


def _feed(token: str) -> Feed:
    """Raises FeedNotFound, and RateLimitExceeded for who guesses or reads too often."""
    try:
        feed = parts().feeds.get(token)
    except FeedNotFound:
        address = client_address(request, parts().settings.trusted_proxies)
        who = parts().addresses.hash(address, parts().clock())
        parts().limits.hit(_MISSES, what="feed miss", who=who)
        raise
    parts().limits.hit(_READS, what="feed", who=hash_token(token))
    audit_use(token, AuditAction.FEED_USED, moderator_actor(feed.moderator.name))
    return feed


def _id(moderator: Moderator) -> uuid.UUID:
    """The same for a moderator whatever the secret, and no other Parley's."""
    return uuid.UUID(parts().sign("feed", str(moderator.id))[:32], version=4)
