"""Who may submit: a browser on one of the site's origins, or a server with the site's key."""

import hmac

from flask import Request, request

from moderation.keys import hash_token
from moderation.sites import KeyScope, Site, SiteKey
from service.http.own_origin import is_own_origin
from service.problems.errors import WrongKey, WrongOrigin
from service.wiring.parts import parts

AUTHOR_TOKEN = "Parley-Author-Token"  # noqa: S105 a header's name


def check_sender(request: Request, site: Site) -> SiteKey | None:
    """Check who sends.

    Returns:
        The key of a server that holds one of the site's, None for a browser on one of its origins.

    Raises:
        WrongKey: The request has a key, and none of the site's.
        WrongOrigin: The request has no key, and no page of the site sent it.
    """
    if (authorization := request.headers.get("Authorization")) is not None:
        return _site_key(authorization, site)
    check_origin(request, site)
    return None


def submitting_site(request: Request) -> tuple[Site, SiteKey]:
    """The site whose key a server has sent, and the key; it must be one that may submit.

    Raises:
        WrongKey: There is no key, it is no site's, or may not submit.
    """
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    known = parts().site_cache.by_key(hash_token(text.strip())) if text.strip() else None
    if scheme.lower() != "bearer" or known is None:
        sentence = "send Authorization: Bearer and a key of the site: `parley site key` makes one"
        raise WrongKey(sentence)
    return known[0], _submitting(known[0], known[1])


def check_origin(request: Request, site: Site) -> None:
    """Raises WrongOrigin for what neither a page of the site sent, nor its page at Parley."""
    origin = request.headers.get("Origin")
    if origin == "null":
        sentence = (
            "the Origin of the request is null, as of a form on a page with Referrer-Policy:"
            " no-referrer or same-origin: send strict-origin-when-cross-origin with the page"
        )
        raise WrongOrigin(sentence)
    if not (site.lists(origin) or (takes_comments(site) and comes_from_parley(request))):
        sentence = (
            f"the Origin of the request is not one of the site {site.name}: send it from a page of"
            " the site, or with Authorization: Bearer and the site's key"
        )
        raise WrongOrigin(sentence)


def takes_comments(site: Site) -> bool:
    """Whether browsers may submit to the site: one without origins has servers for that."""
    return bool(site.origins)


def comes_from_parley(request: Request) -> bool:
    """Whether a page of this Parley sent the request, as the one with the form for a thread."""
    origin = request.headers.get("Origin")
    return origin is not None and is_own_origin(origin, parts().settings.public_url)


def is_author(comment_id: str) -> bool:
    """Whether the request has the token that was given to who sent this comment."""
    return is_author_token(comment_id, request.headers.get(AUTHOR_TOKEN, ""))


def is_author_token(comment_id: str, token: str) -> bool:
    """Whether this is the token that was given to who sent this comment."""
    return hmac.compare_digest(token.encode(), parts().sign("author", comment_id).encode())


def may_read(request: Request, site_name: str) -> bool:
    """Whether a server of this site asks, by a key that may read whatever its status is."""
    key = request.headers.get("Authorization", "").partition(" ")[2].strip()
    known = parts().site_cache.by_key(hash_token(key)) if key else None
    return known is not None and known[0].name == site_name and known[1].scope.allows(KeyScope.READ)


def _site_key(authorization: str, site: Site) -> SiteKey:
    scheme, _, text = authorization.partition(" ")
    sent = hash_token(text.strip())
    for key in site.keys:
        if scheme.lower() == "bearer" and hmac.compare_digest(sent, key.key_hash):
            return _submitting(site, key)
    sentence = f"this is no key of the site {site.name}: `parley site key` makes one"
    raise WrongKey(sentence)


def _submitting(site: Site, key: SiteKey) -> SiteKey:
    """The key itself, of one that may submit; raises WrongKey."""
    if not key.scope.allows(KeyScope.SUBMIT):
        sentence = f"this key of the site {site.name} may {key.scope}, not submit: send another"
        raise WrongKey(sentence)
    return key
