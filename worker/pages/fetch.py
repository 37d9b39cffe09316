"""Fetch a page of a site: from its own origins only, little of it, in bounded time."""

import ipaddress
import re
import ssl
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse

from ada_url import join_url

from moderation.notifications.allowed_targets import NotReachable
from moderation.pages.origins import is_listed, origin_of, web_address
from worker.notifications.checked_connection import (
    ConnectionPolicy,
    NotConnected,
    connect,
    deadline,
    encrypted,
)

SECONDS = 10.0  # for all redirects together
MAX_BYTES = 512 * 1024  # a title stands in the beginning
MAX_REDIRECTS = 4
_REDIRECTS = (301, 302, 303, 307, 308)
_EVERYWHERE = tuple(map(ipaddress.ip_network, ("0.0.0.0/0", "::/0")))
_HEADERS = {"Accept": "text/html", "Accept-Encoding": "identity", "Connection": "close"}
_CHARSET = re.compile(r"charset=\"?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)


class PageUnreadable(OSError):
    """The page was not read; the message says why."""


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page as it came; `charset` is None where its header does not tell."""

    url: str
    body: bytes
    charset: str | None


@dataclass(frozen=True, slots=True)
class SiteReader:
    """Reads the pages of one site.

    Attributes:
        origins: As the site lists them. One without a star may be on a private network: an operator
            wrote it down. Which hosts a star stands for, anybody may choose: these must be public.
        agent: What the server is told of who asks.
        trust: The certificate authorities.
    """

    origins: Sequence[str]
    agent: str
    trust: ssl.SSLContext

    def fetch(self, url: str, *, seconds: float = SECONDS) -> FetchedPage:
        """Return the page at an address of the site; raises PageUnreadable."""
        until = time.monotonic() + seconds
        try:
            return self._follow(url, until)
        except (NotConnected, NotReachable) as refusal:
            raise PageUnreadable(str(refusal)) from refusal
        except (OSError, HTTPException, ValueError) as error:
            sentence = f"it could not be read: {type(error).__name__}"
            raise PageUnreadable(sentence) from error

    def _follow(self, url: str, until: float) -> FetchedPage:
        for _ in range(MAX_REDIRECTS + 1):
            if not is_listed(origin_of(url), self.origins):
                sentence = "it leads to another site"
                raise NotReachable(sentence)
            page = self._get(url, until)
            if isinstance(page, FetchedPage):
                return page
            url = join_url(url, page)
        sentence = f"it was redirected more than {MAX_REDIRECTS} times"
        raise NotConnected(sentence)

    def _get(self, url: str, until: float) -> FetchedPage | str:
        """The page, or where it was redirected to."""
        policy = ConnectionPolicy(self._allowed(url), self.trust)
        with closing(connect(url, policy, until)) as plain:
            line = encrypted(plain, url, policy) if url.startswith("https:") else plain
            with closing(line), deadline(line, until):
                if isinstance(line, ssl.SSLSocket):
                    line.do_handshake()
                connection = HTTPConnection("")
                connection.sock = line
                with closing(self._ask(connection, url)) as answer:
                    return _read(url, answer)

    def _allowed(self, url: str) -> Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network]:
        return _EVERYWHERE if origin_of(url) in self.origins else ()

    def _ask(self, connection: HTTPConnection, url: str) -> HTTPResponse:
        address = web_address(url)
        assert address is not None  # noqa: S101 it is on one of the site's origins
        target = address.pathname + address.search
        connection.putrequest("GET", target, skip_host=True, skip_accept_encoding=True)
        headers = {"Host": address.host, "Connection": "close", "User-Agent": self.agent}
        for name, value in (
            headers | {"Accept": "text/html", "Accept-Encoding": "identity"}
        ).items():
            connection.putheader(name, value)
        connection.endheaders()
        return connection.getresponse()


def _read(url: str, answer: HTTPResponse) -> FetchedPage | str:
    if answer.status in _REDIRECTS and (place := answer.getheader("Location")):
        return place
    kind = answer.getheader("Content-Type", "")
    is_html = kind.partition(";")[0].strip().lower() in ("text/html", "application/xhtml+xml")
    is_plain = answer.getheader("Content-Encoding", "identity").lower() == "identity"
    if answer.status != HTTPStatus.OK or not is_html or not is_plain:
        sentence = f"it answered {answer.status} {kind[:60]!r}, which is no page to read"
        raise NotConnected(sentence)
    charset = _CHARSET.search(kind)
    return FetchedPage(url, answer.read(MAX_BYTES), charset and charset[1])
