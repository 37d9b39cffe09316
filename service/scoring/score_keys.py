"""Whose key asks for scores: a site is known by its key alone."""

from contextlib import suppress

from flask import request

from moderation.audit_chain import AuditAction
from moderation.keys import hash_token
from moderation.sites import KeyScope, Site
from moderation.storage.database.engine import DatabaseUnavailable
from service.http.body import MAX_LARGE_BODY
from service.problems.errors import WrongKey
from service.wiring.credential_audit import audit_use
from service.wiring.parts import parts

_UNKNOWN = "this is no key of a site: `parley site key NAME --scope score` makes one"


def site_of_key(key: str, *, questions: int = 1) -> Site:
    """The site whose key this is, if it may score; counts what it asks, and notes its use.

    Args:
        key: As the program sent it.
        questions: How many texts are asked about.

    Raises:
        WrongKey: It is no site's, or may not score.
        RateLimitExceeded: The key has asked too much.
    """
    key_hash = hash_token(key)
    known = parts().site_cache.by_key(key_hash)
    if known is None:
        raise WrongKey(_UNKNOWN)
    site, site_key = known
    if not site_key.scope.allows(KeyScope.SCORE):
        sentence = f"this key of the site {site.name} may {site_key.scope}, not score: send another"
        raise WrongKey(sentence)
    limit = parts().settings.score_limit
    parts().limits.hit(limit, what="score key", who=key_hash, cost=questions)
    if parts().key_uses.is_due(key_hash):
        with suppress(DatabaseUnavailable):  # whoever asks a minute later has it noted
            parts().site_keys.note_use(site_key)
            audit_use(key_hash, AuditAction.SITE_KEY_USED, f"site {site.name}", site_key.name)
    return site


def allow_large_body(key: str) -> None:
    """Take the body of many texts from the holder of any site's key; raises WrongKey."""
    if parts().site_cache.by_key(hash_token(key)) is None:
        raise WrongKey(_UNKNOWN)
    request.max_content_length = MAX_LARGE_BODY


def bearer_key() -> str:
    """The key that the request has as `Authorization: Bearer`; raises WrongKey."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        sentence = "send Authorization: Bearer and a key of the site"
        raise WrongKey(sentence)
    return key.strip()
