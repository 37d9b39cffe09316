"""Who may submit: a browser on one of the site's origins, or a server with the site's key."""

import hmac

from flask import Request, request

from moderation.keys import hash_token
from moderation.sites import Site
from service.problems.errors import WrongKey, WrongOrigin
from service.wiring.parts import parts

AUTHOR_TOKEN = "Parley-Author-Token"  # noqa: S105 a header's name


def check_sender(request: Request, site: Site) -> bool:
    """Check who sends.

    Returns:
        True for a server that holds the site's key, False for a browser on one of its origins.

    Raises:
        WrongKey: The request has a key, and not the site's.
        WrongOrigin: The request has no key, and no page of the site sent it.
    """
    if (authorization := request.headers.get("Authorization")) is not None:
        _check_key(authorization, site)
        return True
    check_origin(request, site)
    return False


def check_origin(request: Request, site: Site) -> None:
    """Raises WrongOrigin for what no page of the site sent."""
    if not site.lists(request.headers.get("Origin")):
        sentence = (
            f"the Origin of the request is not one of the site {site.name}: send it from a page of"
            " the site, or with Authorization: Bearer and the site's key"
        )
        raise WrongOrigin(sentence)


def is_author(comment_id: str) -> bool:
    """Whether the request has the token that was given to who sent this comment."""
    return is_author_token(comment_id, request.headers.get(AUTHOR_TOKEN, ""))


def is_author_token(comment_id: str, token: str) -> bool:
    """Whether this is the token that was given to who sent this comment."""
    return hmac.compare_digest(token.encode(), parts().sign("author", comment_id).encode())


def _check_key(authorization: str, site: Site) -> None:
    scheme, _, key = authorization.partition(" ")
    expected = site.key_hash or ""
    if scheme.lower() != "bearer" or not hmac.compare_digest(hash_token(key.strip()), expected):
        sentence = f"this is not the key of the site {site.name}: `parley site key` makes a new one"
        raise WrongKey(sentence)
