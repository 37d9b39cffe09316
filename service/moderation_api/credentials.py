"""Who asks the moderation API: a moderator's program by a token, or a site's server by a key."""

from flask import g, request

from moderation.accounts.moderators import AccessScope, NotAllowed, WrongToken
from moderation.audit_chain import AuditAction, moderator_actor
from moderation.keys import hash_token
from moderation.sites import KeyScope, Site, SiteKey
from service.problems.errors import WrongKey
from service.wiring.credential_audit import audit_use
from service.wiring.parts import parts

_OF_MODERATORS = "parley_moderator_"  # how each of their tokens begins


def require_credential() -> None:
    """Before every request: set `g.moderator`, or `g.access_scope` of a site's server.

    Raises:
        WrongToken: It is neither a moderator's token nor a site's key.
        WrongKey: The key may not read.
    """
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    secret = text.strip()
    if scheme.lower() != "bearer":
        raise WrongToken
    known = None if secret.startswith(_OF_MODERATORS) else _site_key(secret)
    if known is None:
        _let_in_moderator(secret)
    else:
        _let_in_server(*known)


def moderator_id() -> int | None:
    """Storage's own number of the moderator who asks; None for a site's server."""
    return None if "access_scope" in g else g.moderator.id


def moderator_of_token(why: str) -> int:
    """Storage's own number of the moderator who asks; raises NotAllowed for a site's server."""
    moderator = moderator_id()
    if moderator is None:
        sentence = f"{why}: send a moderator's token"
        raise NotAllowed(sentence)
    return moderator


def _site_key(secret: str) -> tuple[Site, SiteKey] | None:
    return parts().site_cache.by_key(hash_token(secret)) if secret else None


def _let_in_moderator(token: str) -> None:
    holder = parts().api_tokens.holder(token)
    g.moderator = holder.moderator
    whose = moderator_actor(holder.moderator.name)
    audit_use(token, AuditAction.TOKEN_USED, whose, holder.token_name)


def _let_in_server(site: Site, key: SiteKey) -> None:
    if not key.scope.allows(KeyScope.READ):
        sentence = f"this key of the site {site.name} may {key.scope}, not read: send another"
        raise WrongKey(sentence)
    may_decide = key.scope.allows(KeyScope.MODERATE)
    g.access_scope = AccessScope(
        frozenset({site.name}), may_decide, f"site {site.name}, key {key.name}"
    )
    parts().site_keys.note_use(key)
    audit_use(key.key_hash, AuditAction.SITE_KEY_USED, f"site {site.name}", key.name)
