"""How often may be submitted to a site: as it says itself, else as the server's settings say."""

from moderation.keys import hash_token
from moderation.site_fields import NO_LIMIT
from moderation.sites import Site
from service.wiring.parts import parts


def limit_server(site: Site, *, comments: int = 1) -> None:
    """Count comments of one of the site's servers; raises RateLimitExceeded."""
    limit = _limit(site.rates.key, parts().settings.site_key_limit)
    parts().limits.hit(limit, what="site key", who=site.name, cost=comments)


def limit_reader(site: Site, address_hash: str) -> None:
    """Count a reader's comment: with a rate of the site's own apart from other sites.

    Raises:
        RateLimitExceeded: The limit is used up.
    """
    own, mine = site.rates.submit, parts()
    who = address_hash if own is None else f"{site.name} {address_hash}"
    mine.limits.hit(_limit(own, mine.settings.submit_limit), what="address", who=who)


def limit_place(site: Site, page: str) -> None:
    """Count a reader's comment for its page and for the whole site; raises RateLimitExceeded."""
    safeguards, limits = site.safeguards, parts().limits
    if safeguards.page_limit is not None:
        who = f"{site.name} {hash_token(page)}"
        limits.hit(safeguards.page_limit, what="page", who=who)
    limits.hit(safeguards.site_limit, what="site", who=site.name)


def _limit(own: str | None, of_server: str | None) -> str | None:
    if own is None:
        return of_server
    return None if own == NO_LIMIT else own
