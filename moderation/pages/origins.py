"""Origins: which addresses are a site's own, compared as browsers compare them.

Hosts are read by the WHATWG URL standard (with UTS 46 for other scripts), by the parser that
browsers' behaviour is written down in: any other reading lets one host pass as another.
"""

import re
from collections.abc import Iterable

from ada_url import URL

# Sent by apps that show a page of their own: Capacitor, Ionic, Tauri, browser extensions.
_APP_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[a-z0-9._-]+(?::[1-9][0-9]{0,4})?")
_NOT_APPS = ("about", "blob", "data", "file", "ftp", "javascript", "mailto", "ws", "wss")
_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_ANY_SUBDOMAIN = re.compile(r"(https?)://\*\.(.+)", re.IGNORECASE)


def web_address(value: str) -> URL | None:
    """Parse an http or https address as a browser does.

    None for every other address, for one with a user name or password, and for one with characters
    that browsers drop or rewrite: other programs would read it otherwise.
    """
    if any(character <= " " or character == "\\" for character in value) or not _WEB.match(value):
        return None
    try:
        url = URL(value)
    except ValueError:
        return None
    return None if url.username or url.password or "*" in url.hostname else url


def origin_of(url: str) -> str | None:
    """Return scheme, host and port of an http or https address, as a browser spells them.

    None where `web_address` has none.
    """
    address = web_address(url)
    return None if address is None else address.origin


def host_of(url: str) -> str | None:
    """Return the host of an http or https address as a browser looks it up, without brackets."""
    address = web_address(url)
    return None if address is None else address.hostname.strip("[]")


def listed_origin(value: str) -> str | None:
    """Return an origin that a site may list, as browsers send it; None where it is none.

    That is http(s)://host[:port], the same with `*.` for any subdomain of a domain with two labels
    or more, or an app's own, such as capacitor://localhost.
    """
    if wildcard := _ANY_SUBDOMAIN.fullmatch(value):
        return _any_subdomain(*wildcard.groups())
    address = web_address(value)
    if address is not None:
        bare = address.pathname == "/" and not address.search and "#" not in value
        return address.origin if bare and "?" not in value and _can_be_reached(address) else None
    app = value.lower().removesuffix("/")
    scheme, _, host = app.partition("://")
    is_app = _APP_ORIGIN.fullmatch(app) and scheme not in ("http", "https", *_NOT_APPS)
    return app if is_app and host else None


def is_listed(origin: str | None, listed: Iterable[str]) -> bool:
    """Whether an origin, as a browser sends it, is one of those that a site lists."""
    if origin is None:
        return False
    return any(origin == one or _is_subdomain(origin, one) for one in listed)


def first_web_origin(listed: Iterable[str]) -> str | None:
    """Return the first origin that is one website's: no app's, and none with a star."""
    return next((one for one in listed if _WEB.match(one) and "*" not in one), None)


def _can_be_reached(address: URL) -> bool:
    """Whether a page can be there: no browser opens port 0, and no name has an empty label."""
    return address.port != "0" and all(address.hostname.removesuffix(".").split("."))


def _any_subdomain(scheme: str, domain: str) -> str | None:
    origin = listed_origin(f"{scheme}://{domain}")
    host = host_of(origin or "")
    is_name = host is not None and ":" not in host and not host.rsplit(".", 1)[-1].isdecimal()
    labels = [] if host is None else [label for label in host.split(".") if label]
    if origin is None or not is_name or len(labels) < 2:
        return None
    return origin.replace("://", "://*.", 1)


def _is_subdomain(origin: str, listed: str) -> bool:
    scheme, star, domain = listed.partition("://*.")
    ends_so = bool(star) and origin.startswith(f"{scheme}://") and origin.endswith(f".{domain}")
    return ends_so and origin_of(origin) == origin
