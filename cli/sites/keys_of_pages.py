"""Which page of a site an address or a key means."""

import re

from moderation.imports.url_map import UrlMap
from moderation.pages.origins import web_address
from moderation.pages.page_keys import key_of_address, own_parameters, page_key
from moderation.sites import Site
from moderation.storage.moving.threads import ForeignPage

_SCHEME = re.compile("^https?:", re.IGNORECASE)


def key_on_site(site: Site, value: str) -> str:
    """The key of a page by its path, address or key."""
    own = own_parameters(value)
    key = key_of_address(value, own) if _is_own(site, value) else None
    return page_key(value, own) if key is None else key


def key_of_source(site: Site, url: str) -> str:
    """The key of another system's page; raises ForeignPage where the site has no such address."""
    if not url.strip():
        sentence = "its page has no address in the file"
        raise ForeignPage(sentence)
    address = web_address(url.strip())
    if address is not None and not _is_own(site, address.href):
        sentence = (
            f"its page is on {address.origin}, which is no origin of {site.name}:"
            " --urls says where its pages are now"
        )
        raise ForeignPage(sentence)
    return key_on_site(site, url.strip())


def key_of_export(urls: UrlMap, key: str) -> str:
    """The key of a page of Parley's own file: as it was, or as the map has it."""
    new = urls.new_address(key)
    return key if new == key else page_key(new, own_parameters(new))


def _is_own(site: Site, url: str) -> bool:
    """By http or https: old addresses have the one, the site's origin has the other."""
    return any(site.owns(_SCHEME.sub(scheme, url)) for scheme in ("https:", "http:"))
